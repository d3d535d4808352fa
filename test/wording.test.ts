import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { faultsOf, proseOfMarkdown, proseOfModule } from '../scripts/check-wording.ts';
import { AVOIDED, MAX_WORDS } from '../scripts/wording.ts';

describe('the wording of a text', () => {
  test.each([
    'The portal tells why',
    'It hears of a change',
    'It obeys an order',
    'A wish of the user',
    'It looks at the queue',
    'Requests in lanes',
    'Jobs on the belt',
    'Put it back in line',
    'Make room',
    'A hatch for metrics',
    'Out of patience',
    'A surprise',
    'Mend the cell',
    'Mischief is played',
    'A visitor of the page',
    'Hand the file in',
    'Letters (encoding)',
    'Comma between the cells',
    'It is under way',
    'What came of it',
    'A group that is called so',
    'The import goes on',
    'Put it aside',
    'Begin anew',
    'It tries in vain',
    'It waits for ever',
    'Lest it fails',
    'Whoever reads it',
    'Two files, of which one is empty',
    'Nobody is invited',
    'It waits as long as it is held',
    'Wait so many milliseconds',
    'A number with a blank',
    'Invite the the group',
  ])('has a fault: %s', (text) => {
    expect(faultsOf(text)).toHaveLength(1);
  });

  test('has a case for each word that is avoided', () => {
    expect(AVOIDED.length).toBeGreaterThan(30);
    expect(faultsOf('Mend it')).toEqual(['“Mend”: write fix, correct']);
  });

  test('has a fault if a sentence is too long', () => {
    const sentence = (words: number) =>
      `${Array.from({ length: words }, (_, i) => `w${i}`).join(' ')}.`;
    expect(faultsOf(`${sentence(MAX_WORDS)} ${sentence(MAX_WORDS)}`)).toEqual([]);
    expect(faultsOf(sentence(MAX_WORDS + 1))).toEqual([
      `a sentence of ${MAX_WORDS + 1} words: make it two`,
    ]);
  });

  test.each([
    'The import continues while the portal answers.',
    'Blank lines are ignored.',
    'Whatever the outcome, the queue is in line with the ledger.',
  ])('is plain: %s', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });
});

test('a page of Markdown is read by paragraphs, list items and cells, without its code', () => {
  const page = [
    '# Title',
    '',
    'First `mend` and',
    '[link](docs/mend.md).',
    '',
    '```sh',
    'mend it',
    '```',
    '- one',
    '- two',
    '| a | b |',
    'Last `code',
    'told` line',
  ].join('\n');
  expect(proseOfMarkdown(page)).toEqual([
    { line: 1, text: '# Title' },
    { line: 3, text: 'First … and\n[link….' },
    { line: 9, text: '- one' },
    { line: 10, text: '- two' },
    { line: 11, text: 'a' },
    { line: 11, text: 'b' },
    { line: 12, text: 'Last …\n line' },
  ]);
});

test('a module is read by its texts, without its code and comments', () => {
  const code = [
    "import { mend } from './mend.ts';",
    '// told',
    'export const texts: Record<"told", string> = {',
    "  told: 'One',",
    `  lane: (n: number) => \`Two \${n} three\`,`,
    '};',
  ].join('\n');
  expect(proseOfModule('texts.ts', code)).toEqual([
    { line: 4, text: 'One' },
    { line: 5, text: 'Two ' },
    { line: 5, text: ' three' },
  ]);
});

/** The project's former vocabulary. No name, comment, text or document uses it. */
const FORMER = new Set(
  `told tell tells telling untold heard hear hears obey obeys obeyed wish wishes whoever whom
  lane lanes belt room rooms hatch aside anew patience patient impatient surprise surprises
  mend mends mended mending mischief visitor visitors farewell befall befell`.split(/\s+/),
);
/** Released migrations do not change; the changelog names a field that was renamed. */
const EXCLUDE = ['src/ledger/db/migrations/**', '**/*wording*', 'CHANGELOG.md'];

test('the former vocabulary is gone', () => {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const files = globSync(
    [
      '{src,workers,scripts,test}/**/*.{ts,tsx,lua,css,html,sh}',
      ...['*.ts', '*.md', 'docs/*.md', '.env.example', 'docker-compose.yml', 'Dockerfile'],
    ],
    { cwd, exclude: EXCLUDE },
  );
  const found = files.flatMap((file) => {
    const words = readFileSync(`${cwd}${file}`, 'utf8').match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g);
    return (words ?? [])
      .filter((word) => FORMER.has(word.toLowerCase()))
      .map((word) => `${file}: ${word}`);
  });
  expect(files.length).toBeGreaterThan(1_000);
  expect(found).toEqual([]);
});
