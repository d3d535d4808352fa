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
