import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI } from './support/entry-points.ts';

const DIST = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const NEEDED = manifest.engines.node.replace('>=', '');

const refusal = (version: string) =>
  `error: bulk-invite needs Node.js ${NEEDED} or newer, and this is ${version}: install a newer one from https://nodejs.org.\n`;

/** Arguments for a Node.js that reports another version. */
const pretend = (version: string) => [
  '--import',
  `data:text/javascript,Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`,
];

test.each(['22.17.1', '24.4.1', '9.0.0'])('rejects Node.js %s in one sentence', (version) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    ...pretend(version),
    ...[CLI, '--version'],
  ]);
  expect([status, `${stdout}`, `${stderr}`]).toEqual([1, '', refusal(version)]);
});

test.each([NEEDED, '25.0.0'])('accepts Node.js %s', (version) => {
  const argv = [...pretend(`${version}.0`), CLI, '--version'];
  expect(execFileSync(process.execPath, argv, { encoding: 'utf8' })).toBe(`${manifest.version}\n`);
});

/** Old versions of Node.js that are installed on this machine. */
const OLD = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((path) => existsSync(path))
  .map((path) => [path, execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' })])
  .filter(([, version = '']) => Number(version.split('.')[0]) < 24);

test.skipIf(OLD.length === 0)('an old Node.js can read the sentence', () => {
  for (const [path = '', version = ''] of OLD) {
    const { status, stderr } = spawnSync(path, [join(DIST.pathname, 'cli.js'), 'serve']);
    expect([status, `${stderr}`]).toEqual([1, refusal(version.trim())]);
  }
});

/** @returns the built file and all files that are loaded before it runs */
function closureOf(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(new URL(name, DIST), 'utf8');
  for (const [, imported = ''] of text.matchAll(/^(?:import|export) .*"\.\/(.+?)";$/gm))
    closureOf(imported, found);
  return found;
}

const packagesOf = (name: string): string[] => {
  const texts = [...closureOf(name)].map((one) => readFileSync(new URL(one, DIST), 'utf8'));
  const places = texts.join('\n').matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)/gm);
  return [...new Set([...places].map(([, found = '']) => found))].toSorted();
};

test('an old Node.js loads one file, and help loads no package but that of the command line', () => {
  expect([...closureOf('cli.js')]).toEqual(['cli.js']);
  expect(packagesOf('command-line.js')).toEqual(['commander']);
});

/** @returns the packages that a command loads at its start */
function packagesOfCommand(command: string): string[] {
  const text = readFileSync(new URL('command-line.js', DIST), 'utf8');
  const file = new RegExp(`${command}: \\(\\) => import\\("\\./(.+?)"\\)`).exec(text)?.[1] ?? '';
  return packagesOf(file);
}

test.each([
  ['run', ['fastify', 'pg', 'valibot']],
  ['serve', ['@bull-board/api', 'lodash', 'pg', 'valibot']],
])('%s loads only the packages that it needs at once', (command, others) => {
  const packages = packagesOfCommand(command);
  expect(packages).toEqual(expect.arrayContaining(['bullmq', 'ioredis', 'kysely', 'zod']));
  expect(packages.filter((name) => others.includes(name))).toEqual([]);
  expect(packages.filter((name) => /opentelemetry|otel/.test(name))).toEqual([]);
});
