import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandsInMarkdown } from './support/commands-in-text.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const pages = globSync(['*.md', 'docs/*.md'], { cwd: ROOT }).toSorted();
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** @returns the anchor of a heading */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** @returns whether the target of a link exists */
function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(target).includes(anchor);
}

test.each(pages)('%s has no broken links', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
  const ours = links.filter((link) => !/^https?:/.test(link));
  expect(ours.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

test.each(pages)('%s names only existing files', (page) => {
  const named = [
    ...read(page).matchAll(/`((?:src|test|workers|scripts|fixtures|docs)\/[\w./-]+)`/g),
  ];
  const paths = named.map(([, path = '']) => path);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('SECURITY.md names an existing test for each line', () => {
  const [, table = ''] = read('SECURITY.md').split('## What holds\n');
  const [rows = ''] = table.split('\n## ');
  const lines = rows
    .split('\n')
    .filter((row) => row.startsWith('| ') && !row.startsWith('| line '));
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines) {
    const tests = [...(line.split(' | ').at(-1) ?? '').matchAll(/`(test\/[\w./-]+\.test\.ts)`/g)];
    expect(tests, line).not.toEqual([]);
    for (const [, path = ''] of tests) expect(existsSync(join(ROOT, path)), path).toBe(true);
  }
});

test('README.ru.md has the commands that README.md has before its reference', () => {
  const [way = ''] = read('README.md').split('\n## Reference\n');
  const textsIn = (page: string) => new Set(commandsInMarkdown(page).map(({ text }) => text));
  expect(textsIn(way).size).toBeGreaterThan(15);
  expect(textsIn(read('README.ru.md'))).toEqual(textsIn(way));
});
