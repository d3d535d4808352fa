import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import { expect, test } from 'vitest';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A regular expression literal in code: after a token that an operand can follow, up to the end of an operand. */
const LITERAL =
  /(?<=[(,=:[!&|?{};>]\s*|\breturn\s+|^\s*)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)(?=[\s.,;)\]}]|$)/gm;
const COMMENT = /^\s*(?:\/\/|\/?\*).*$/gm;

interface Pattern {
  where: string;
  source: string;
  flags: string;
}

function patternsOf(path: string): Pattern[] {
  const code = readFileSync(join(ROOT, path), 'utf8').replace(COMMENT, '');
  return [...code.matchAll(LITERAL)].map(([text, source = '', flags = '']) => ({
    ...{ where: `${path} ${text}`, source, flags },
  }));
}

/** No time limits: the result must not depend on the load of the machine. */
const NO_TIMEOUTS = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  randomSeed: 1,
};

/** @returns complexity and a text for which the pattern needs more than linear time; undefined if there is none */
async function weakness({ source, flags }: Pick<Pattern, 'source' | 'flags'>) {
  const found = await check(source, flags, NO_TIMEOUTS);
  if (found.status === 'safe') return undefined;
  if (found.status === 'unknown') return `not checked: ${found.error.kind}`;
  return `${found.complexity.summary}: ${found.attack.pattern}`;
}

const patterns = globSync(['src/**/*.{ts,tsx}', 'workers/*.ts'], {
  cwd: ROOT,
  exclude: ['src/sandbox/**'],
}).flatMap(patternsOf);

test('finds the patterns', () => {
  expect(patterns.length).toBeGreaterThan(60);
});

test.each([
  ['^(a+)+$', 'exponential'],
  ['^(a|a)*$', 'exponential'],
  ['\\s+$', '2nd degree polynomial'],
  ['^\\d+\\d+$', '2nd degree polynomial'],
  ['from.*(to|at)', '2nd degree polynomial'],
  ['^a*b*a*c', '2nd degree polynomial'],
  ['^(.*)-(.*)-(.*)!', '3rd degree polynomial'],
])('reports %s', async (source, complexity) => {
  expect(await weakness({ source, flags: '' })).toContain(complexity);
});

test.each(patterns)('$where takes linear time', async (pattern) => {
  expect(await weakness(pattern)).toBeUndefined();
});
