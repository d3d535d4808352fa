import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** A regular expression as it stands in code: after what an operand may follow, up to what ends one. */
const LITERAL =
  /(?<=[(,=:[!&|?{};>]\s*|\breturn\s+|^\s*)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)(?=[\s.,;)\]}]|$)/gm;
const COMMENT = /^\s*(?:\/\/|\/?\*).*$/gm;

/** A pattern that squares its time shows at once. */
const LENGTH = 15_000;
/** Far more than a pattern needs that looks at each sign a few times. */
const PATIENCE_MS = 250;

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

/** Signs that patterns care for, one by one and as they go together. */
const PIECES = [
  ...'a0 \t\n.,;|-_/\\"\'<[({=:@%$&^*и\u0301\u200b',
  ...['a0', ' a', 'a.', '0.', '1e', '\\"', '""', 'a@', '%0', '%41', '&#', '[a', '[[', '\r\n', ', '],
  ...['"a":', '<a', '::', '1 ', '0x', 'sep=', '$result', '{"', 'xl', '-1', '/a', 'a\n', '. '],
];
const ENDS = ['', '!', ']"', '\n\n\0'];

/** What a pattern begins with, so that it gets to its dangerous part. */
function beginningOf(source: string): string {
  const plain = /^\^?((?:\\[/.{[?<]|[A-Za-z0-9<"=:/-])*)/.exec(source)?.[1] ?? '';
  return plain.replaceAll('\\', '');
}

function* attacks({ source }: Pattern): Generator<string> {
  for (const start of new Set(['', beginningOf(source)])) {
    for (const piece of PIECES) {
      const body = piece.repeat(LENGTH / piece.length);
      for (const end of ENDS) yield `${start}${body}${end}`;
    }
  }
}

/** @returns the attack that the pattern does not get over in time */
function weakness(pattern: Pattern): string | undefined {
  const expression = new RegExp(pattern.source, pattern.flags);
  const texts = [...attacks(pattern)];
  // All at once, which hardly ever fails; one by one tells which it is, or that the machine is busy.
  if (isInTime(expression, texts)) return undefined;
  const text = texts.find((each) => !isInTime(expression, [each]) && !isInTime(expression, [each]));
  if (text === undefined) return undefined;
  return `${JSON.stringify(text.slice(0, 20))} … ${JSON.stringify(text.slice(-3))}`;
}

/** The only thing that can stop a regular expression is the end of its context's time. */
function isInTime(expression: RegExp, texts: readonly string[]): boolean {
  const code =
    'for (const text of texts) { expression.lastIndex = 0; text.replace(expression, ""); }';
  try {
    runInContext(code, createContext({ expression, texts }), { timeout: PATIENCE_MS });
    return true;
  } catch {
    return false;
  }
}

const patterns = globSync(['src/**/*.ts', 'workers/*.ts'], {
  cwd: ROOT,
  exclude: ['src/dashboard/**', 'src/sandbox/**'],
}).flatMap(patternsOf);

test('the patterns are found', () => {
  expect(patterns.length).toBeGreaterThan(60);
});

test('a pattern that squares its time is found out', () => {
  expect(weakness({ where: '', source: '^(a+)+$', flags: '' })).toBeDefined();
  expect(weakness({ where: '', source: '\\s+$', flags: '' })).toBeDefined();
});

test.each(patterns)('$where takes no time, whatever it meets', (pattern) => {
  expect(weakness(pattern)).toBeUndefined();
});
