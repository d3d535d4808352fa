import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(`${ROOT}docs/troubleshooting.md`, 'utf8').replace(/\s+/g, ' ');
const code = globSync(['src/**/*.ts', 'workers/*.ts'], { cwd: ROOT, exclude: ['src/dashboard/**'] })
  .map((path) => readFileSync(`${ROOT}${path}`, 'utf8'))
  .join('\n');

/** Messages of the catalogue, with `${…}`: the first text of a problem. */
const PROBLEM = /=> \[\s*(?:'([^'\n]+)'|`((?:\$\{(?:[^{}]|`[^`]*`)*\}|[^`\n])+)`)/g;
const messages = globSync('src/messages/en/**/*-problems-en.ts', { cwd: ROOT })
  // The same problems in terms of the API and of the page.
  .filter((path) => !/(?:api|page)-problems/.test(path))
  .flatMap((path) => [...readFileSync(`${ROOT}${path}`, 'utf8').matchAll(PROBLEM)])
  .map(([, plain, template]) => plain ?? template ?? '');

/** @returns the fixed parts between the variable ones */
const fixedParts = (text: string) =>
  text
    .replace(/\$\{(?:[^{}]|\{[^}]*\}|`[^`]*`)*\}/g, '…')
    // A template inside another one ends the match early; the part before it is enough.
    .replace(/\$\{.*$/, '')
    .split('…')
    .map((part) => part.trim())
    .filter((part) => /\w{2}/.test(part));

describe('docs/troubleshooting.md', () => {
  test('lists every problem that a user can get', () => {
    expect(messages.length).toBeGreaterThan(45);
    const isKnown = (part: string) => page.includes(part.replace(/^[,;:.]+ |[ (]+$/g, ''));
    const strange = messages.filter((message) => {
      const parts = fixedParts(message);
      return parts.length > 0 && !parts.some(isKnown);
    });
    expect(strange).toEqual([]);
  });

  const reported = page
    .split('## ')
    .filter((section) => !/^held/.test(section))
    .flatMap((section) => [...section.matchAll(/\| ((?:warning )?`[^|]+`[^|]*) \|/g)])
    .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text));

  test.each(reported.filter((text) => /\w{2} \w/.test(text)))(
    'lists only texts of the program: %s',
    (text) => {
      for (const part of fixedParts(text)) expect(code).toContain(part);
    },
  );
});
