import { expect, it } from 'vitest';
import { detectEncoding } from '../../../src/files/text/detect-encoding.ts';
import { ENCODINGS } from '../../../src/files/text/encoding.ts';
import { chunked } from '../source.ts';
import {
  charactersIn,
  ENCODINGS_OF,
  inEncoding,
  type Language,
  NAMES,
  SENTENCES,
} from './encoding-samples.ts';

const READ: readonly string[] = ENCODINGS.filter((encoding) => !encoding.startsWith('utf-'));
const LANGUAGES = ['ru', 'uk', 'pl', 'cs', 'hu', 'ro', 'de', 'fr', 'es', 'sv', 'tr'] as const;

/** @returns the contents of files in a language */
type MakeFiles = (language: Language) => string[];

const namesOf = (language: Language) => NAMES[language].split('|').map((name) => name.trim());
const oneName: MakeFiles = (language) => namesOf(language).map((name) => `1,2,${name}\n`);
const oneSentence: MakeFiles = (language) =>
  SENTENCES[language].map((sentence) => `1,2,"${sentence}"\n`);

/** Four files, which differ in their names and texts, and in the order of these. */
const rows =
  (count: number, texts: number): MakeFiles =>
  (language) =>
    Array.from({ length: 4 }, (_, file) => {
      const at = (list: readonly string[], i: number) => list[(i * 7 + file * 5) % list.length];
      const lines = Array.from({ length: count }, (_, row) => {
        const text = texts === 0 ? '' : at(SENTENCES[language], row % texts);
        const [group, user] = [row, row + 3].map((i) => at(namesOf(language), i));
        return `${group},${user},"${text}"\n`;
      });
      return `group,user,message\n${lines.join('')}`;
    });

const decoded = (bytes: Uint8Array, encoding: string): string =>
  Array.from(bytes, (byte) => charactersIn(encoding)[byte]).join('');

/** How many were read in a wrong encoding, and how many refused that one of ours reads rightly. */
async function ratesOf(make: MakeFiles) {
  const wrong: string[] = [];
  const refused: string[] = [];
  let [files, readable] = [0, 0];
  for (const language of LANGUAGES) {
    for (const encoding of ENCODINGS_OF[language]) {
      for (const file of make(language)) {
        const encoded = inEncoding(file, encoding);
        if (encoded === undefined || encoded.bytes.every((byte) => byte < 0x80)) continue;
        const { bytes, text } = encoded;
        const guess = await detectEncoding(chunked(bytes, [bytes.length]));
        const isReadable = READ.some((ours) => decoded(bytes, ours) === text);
        const isRight = READ.includes(guess.encoding) && decoded(bytes, guess.encoding) === text;
        const label = `${encoding}, as ${guess.encoding}: ${text.slice(0, 80)}`;
        files++;
        if (isReadable) readable++;
        if (guess.suspected === undefined && !isRight) wrong.push(label);
        if (guess.suspected !== undefined && isReadable) refused.push(label);
      }
    }
  }
  return { wrong, refused, files, readable };
}

it.each([
  ['a name', oneName, 0.22],
  ['a sentence', oneSentence, 0.08],
  ['3 rows with one text', rows(3, 1), 0.02],
  ['10 rows with two texts', rows(10, 2), 0],
  ['60 rows with six texts', rows(60, 6), 0],
  ['5 rows without texts', rows(5, 0), 0],
  ['20 rows without texts', rows(20, 0), 0],
])(
  'a file with %s is never read in a wrong encoding, and few are refused',
  async (_, make, mostRefused) => {
    const { wrong, refused, files, readable } = await ratesOf(make);
    expect(files).toBeGreaterThan(150);
    expect(wrong).toEqual([]);
    expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(readable * mostRefused);
  },
);
