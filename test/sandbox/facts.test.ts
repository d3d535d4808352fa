import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** `| fact | `file`: part of the title |` */
const ROW = /^\| (?<fact>.+?) \| `(?<file>[\w-]+)`: (?<title>.+) \|$/;

const [, facts = ''] = readFileSync(`${ROOT}docs/sandbox.md`, 'utf8').split('\n## Facts about');
const rows = facts
  .split('\n')
  .filter((line) => /^\| (?!fact \|)/.test(line))
  .map((line): [fact: string, file: string | undefined, title: string | undefined] => {
    const { fact, file, title } = ROW.exec(line)?.groups ?? {};
    return [fact ?? line, file, title];
  });

test('docs/sandbox.md lists facts', () => {
  expect(rows.length).toBeGreaterThan(80);
  expect(new Set(rows.map(([fact]) => fact)).size).toBeGreaterThan(80);
});

const paths = new Map(
  globSync('test/**/*.test.ts', { cwd: ROOT }).map((path) => [basename(path, '.test.ts'), path]),
);

test.each(rows)('%s', (_, file = '', title) => {
  const path = paths.get(file);
  expect(path, `${file}.test.ts`).toBeDefined();
  const source = readFileSync(`${ROOT}${path}`, 'utf8');
  // A title that several tests have could be that of another one.
  const found = title === undefined ? 0 : source.split(title).length - 1;
  expect(found, `${file}: ${title}`).toBe(1);
});
