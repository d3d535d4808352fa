import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../src/commands/command-line.ts';
import { commandsInMarkdown, faultOf, type TypedCommand } from './support/commands-in-text.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const pages = globSync(['*.md', 'docs/*.md'], { cwd: ROOT }).toSorted();
const { scripts } = JSON.parse(read('package.json'));

/** @returns the help of the program or of one of its commands */
async function help(...argv: string[]): Promise<string> {
  let reported = '';
  const stdout = new Writable({
    write(text, _, done) {
      reported += text;
      done();
    },
  });
  const terminal = { env: {}, stdin: Readable.from([]), stdout, stderr: stdout };
  await runCommandLine([...argv, '--help'], terminal, '');
  return reported;
}

const optionsIn = (text: string) =>
  [...text.matchAll(/ (--[a-z-]+)/g)].map(([, name = '']) => name);

/** The options of each command of the program. */
const options = new Map<string, string[]>();
beforeAll(async () => {
  const all = await help();
  for (const [, name = ''] of all.matchAll(/^ {2}([a-z-]+) /gm)) {
    if (name !== 'help') options.set(name, optionsIn(await help(name)));
  }
  options.set('--help', []);
  options.set('--version', []);
});

/** @returns the part of a command that does not exist in the program or npm; undefined when all parts exist */
function unknownIn(text: string): string | undefined {
  const [, script] = /^npm run (?:-s )?([\w:-]+)/.exec(text) ?? [];
  if (script !== undefined && !(script in scripts)) return `npm run ${script}`;
  const [, name, rest = ''] =
    /(?:^|npx |npm run -s |exec app )bulk-invite (?:-- )?(-{0,2}[a-z][a-z-]*)(.*)/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const known = options.get(name);
  return known === undefined ? name : optionsIn(rest).find((option) => !known.includes(option));
}

/** Without `npx` it is on no PATH; npm's script exists only in the sources, and not in an installed package. */
const isElsewhereOnly = (text: string): boolean =>
  /^(?:bulk-invite|npm run (?:-s )?bulk-invite --|node src\/cli\.ts) [a-z]/.test(text);

describe('a command in a document', () => {
  const any = (text: string): TypedCommand => ({ text, shell: 'any' });

  test.each([
    ['npm run demo # sees it work', '#'],
    ['npx bulk-invite run a.csv --message "Welcome!"', '!'],
    ["npx bulk-invite run a.csv --message 'Welcome'", "'"],
    ['npm ci && npm run build', '&'],
    ['docker run \\', '\\'],
    ['npx bulk-invite results 1 > a.csv', '>'],
    ['curl -H "Authorization: Bearer $TOKEN" http://x', '$'],
    ['FC_RUNS=10 npx vitest run', 'FC_RUNS='],
    ['cp .env.example .env', 'cp '],
  ])('is rejected: %s', (text, what) => {
    expect(faultOf(any(text))).toBe(`${what} in ${text}`);
  });

  test('is found in code blocks and in the text', () => {
    const page =
      'Type `npm  run\nx` or `FC_RUNS=1 npx y` in `a.csv`:\n\n```sh\nnpm ci\n\nls\n```\n```bash\nls *\n```\n```ini\na=1\n```\n`bulk-invite imports`';
    expect(commandsInMarkdown(page)).toEqual([
      ...[any('npm ci'), any('ls'), { text: 'ls *', shell: 'posix' }],
      ...[any('npm run x'), any('FC_RUNS=1 npx y'), any('bulk-invite imports')],
    ]);
  });

  test.each(pages)('can be pasted into each of its shells: %s', (page) => {
    const faults = commandsInMarkdown(read(page)).map(faultOf);
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  test.each(pages)('exists: %s', (page) => {
    const commands = commandsInMarkdown(read(page)).map(({ text }) => text);
    expect(commands.map(unknownIn).filter((unknown) => unknown !== undefined)).toEqual([]);
    expect(commands.filter((text) => isElsewhereOnly(text))).toEqual([]);
  });

  test('is found at all', () => {
    const found = pages.flatMap((page) => commandsInMarkdown(read(page)));
    expect(found.length).toBeGreaterThan(50);
    expect(unknownIn('npx bulk-invite results 1 --in x')).toBe('--in');
    const ways = ['npx bulk-invite', 'bulk-invite', 'npm run -s bulk-invite --', 'node src/cli.ts'];
    expect(ways.map((way) => isElsewhereOnly(`${way} doctor`))).toEqual([false, true, true, true]);
    expect([unknownIn('npx bulk-invite fly'), unknownIn('npm run fly')]).toEqual([
      'fly',
      'npm run fly',
    ]);
  });
});

describe('a command in a message of the program', () => {
  const sources = globSync(['src/**/*.ts', 'src/**/*.tsx', 'workers/*.ts'], { cwd: ROOT });

  test('is spelled by typed(), which depends on the installation', () => {
    const names = [...options.keys()].join('|');
    const bare = new RegExp(`['"\`( ]bulk-invite (?:-- )?(?:(?:${names})\\b|\\$)`);
    const strings = (path: string) =>
      read(path)
        .split('\n')
        .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line));
    const found = sources.flatMap((path) =>
      strings(path)
        .filter((line) => bare.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  test('exists', () => {
    const calls = sources.flatMap((path) => [...read(path).matchAll(/\btyped\(\s*['`]([^'`]+)/g)]);
    const texts = calls.map(([, text = '']) => `bulk-invite ${text}`);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.map(unknownIn).filter((unknown) => unknown !== undefined)).toEqual([]);
    const faults = texts.map((text) =>
      faultOf({ text: text.replace(/\$\{.*/, '1'), shell: 'any' }),
    );
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });
});
