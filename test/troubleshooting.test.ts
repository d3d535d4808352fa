import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(`${ROOT}docs/troubleshooting.md`, 'utf8').replace(/\s+/g, ' ');
const code = globSync(['src/**/*.ts', 'workers/*.ts'], { cwd: ROOT, exclude: ['src/dashboard/**'] })
  .map((path) => readFileSync(`${ROOT}${path}`, 'utf8'))
  .join('\n');

/** Messages in the code, with `${…}`: the first argument of a problem. */
const PROBLEM =
  /new Problem\(\s*(?:[a-z.]+ === '\w+'\s*\?\s*)?(?:'([^'\n]+)'|`([^`\n]+)`)(?:\s*:\s*`([^`\n]+)`)?/g;
const messages = [...code.matchAll(PROBLEM)].flatMap(([, ...texts]) =>
  texts.filter((text) => text !== undefined),
);

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
