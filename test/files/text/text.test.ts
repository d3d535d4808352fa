import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf, encodeText } from '../../../scripts/encode-text.ts';
import { Problem } from '../../../src/domain/errors/problem.ts';
import { detectEncoding } from '../../../src/files/text/detect-encoding.ts';
import { ENCODINGS, type Encoding } from '../../../src/files/text/encoding.ts';
import { readText } from '../../../src/files/text/text.ts';
import { anyCharacter } from '../../support/any-text.ts';
import { runs } from '../../support/vitest/properties.ts';
import { all, chunked } from '../source.ts';

const piecesOf = (bytes: Uint8Array, encoding: Encoding, sizes: readonly number[]) =>
  all(readText(chunked(bytes, sizes), { fileName: 'team.csv', encoding }));

const textOf = async (bytes: Uint8Array, encoding: Encoding, sizes = [bytes.length]) =>
  (await piecesOf(bytes, encoding, sizes)).join('');

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(...part))),
  );

const utf16le = (text: string) => encodeText(text, 'utf-16le');
const utf16be = (text: string) => encodeText(text, 'utf-16be');

/** Text without zeros that does not begin like another file type. */
const csvText = (unit: fc.Arbitrary<string>) =>
  fc.string({ unit, maxLength: 50 }).map((text) => `x${text.replaceAll('\0', '')}`);

const TEXTS: Readonly<Record<Encoding, fc.Arbitrary<string>>> = {
  'utf-8': csvText(anyCharacter),
  'utf-16le': csvText(anyCharacter),
  'utf-16be': csvText(anyCharacter),
  'windows-1251': csvText(fc.constantFrom(...charactersOf('windows-1251'))),
  'windows-1252': csvText(fc.constantFrom(...charactersOf('windows-1252'))),
  'windows-1250': csvText(fc.constantFrom(...charactersOf('windows-1250'))),
  'koi8-r': csvText(fc.constantFrom(...charactersOf('koi8-r'))),
  ibm866: csvText(fc.constantFrom(...charactersOf('ibm866'))),
  'x-mac-cyrillic': csvText(fc.constantFrom(...charactersOf('x-mac-cyrillic'))),
};

describe('readText', () => {
  it.each(ENCODINGS)('decodes the text in %s for all chunk sizes', async (encoding) => {
    const marked = encoding.startsWith('utf') ? fc.boolean() : fc.constant(false);
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(TEXTS[encoding], sizes, marked, async (text, chunkSizes, bom) => {
        const source = encodeText(bom ? `\ufeff${text}` : text, encoding);
        expect(await textOf(source, encoding, chunkSizes)).toBe(text);
      }),
      { numRuns: runs(100) },
    );
  });

  it.each(
    (['utf-8', 'utf-16le', 'utf-16be'] as const).flatMap((encoding) =>
      ['é', '€', '😀'].map((character) => [character, encoding] as const),
    ),
  )('keeps %s in %s whole at the edge of a block', async (character, encoding) => {
    for (let shift = 0; shift < 5; shift++) {
      const text = 'x'.repeat(shift) + character.repeat(100_000);
      const pieces = await piecesOf(encodeText(text, encoding), encoding, [1_000_000]);
      expect(pieces.join('')).toBe(text);
      expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(65_536);
    }
  });

  it('turns any bytes into text or a Problem, in the encoding that is detected', async () => {
    const size = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), size, async (source, chunkSize) => {
        const { encoding } = await detectEncoding(chunked(source, [chunkSize]));
        const read = textOf(source, encoding, [chunkSize]);
        await read.catch((error) => expect(error).toBeInstanceOf(Problem));
      }),
      { numRuns: runs(150) },
    );
  });

  it('yields nothing for an empty source, and keeps all byte order marks but the first', async () => {
    expect(await piecesOf(bytes(), 'utf-16le', [1])).toEqual([]);
    const marks = `\ufeff${'\ufeffa'.repeat(50_000)}`;
    for (const encoding of ['utf-8', 'utf-16le'] as const) {
      expect(await textOf(encodeText(marks, encoding), encoding)).toBe(marks.slice(1));
    }
  });

  it.each<[string, Encoding, Uint8Array, RegExp]>([
    [
      'a zero at the start',
      'utf-8',
      bytes('g\0r\0'),
      /^team\.csv, line 1: the line has a zero byte/,
    ],
    ['a zero later', 'utf-8', bytes('a\r\nb\nc\0'), /^team\.csv, line 3: the line has a zero byte/],
    ['a zero in UTF-16', 'utf-16le', utf16le('a\nb\0'), /line 2: the line has a zero byte/],
    ['a zero in UTF-16', 'utf-16be', utf16be('a\nb\n\0'), /line 3: the line has a zero byte/],
    ['a zero', 'windows-1251', bytes('a\n\0'), /line 2: the line has a zero byte/],
    ['a zero far in', 'utf-8', bytes('1,2\n'.repeat(20_000), [0]), /line 20001: .* zero byte/],
    ['a zero behind CRs', 'utf-8', bytes('1,2\r'.repeat(20_000), [0]), /line 20001: .* zero byte/],
    [
      'windows-1251',
      'utf-8',
      bytes('a\n', [0xcf, 0xf0, 0xe8]),
      /^team\.csv, line 2: .*not valid UTF-8/,
    ],
    ['half a character at the end', 'utf-8', bytes('a\nb\n€').subarray(0, -1), /line 3: .* UTF-8/],
    ['an overlong form', 'utf-8', bytes('a\n', [0xc0, 0x80], '\n'), /line 2: .* not valid UTF-8/],
    ['a surrogate', 'utf-8', bytes('\n\n', [0xed, 0xa0, 0x80]), /line 3: .* not valid UTF-8/],
    ['damage far in', 'utf-8', bytes('1,2\n'.repeat(20_000), [0xff]), /line 20001: .* UTF-8/],
    ['half a character', 'utf-8', bytes('€\n'.repeat(20_000), [0xe2], '\n'), /line 20001: .*/],
    ['damage behind CRs', 'utf-8', bytes('a\rb\r', [0xff], '\r'), /line 3: .* not valid UTF-8/],
    ['damage in CRLF', 'utf-8', bytes('a\r\nb\r\n', [0xff], '\r\n'), /line 3: .* not valid UTF-8/],
    [
      'half a unit',
      'utf-16le',
      utf16le('a\nb').subarray(0, -1),
      /line 2: .* not valid UTF-16 \(LE\)/,
    ],
    ['half a pair', 'utf-16le', utf16le('a\nb\ud83d\nc'), /line 2: .* not valid UTF-16/],
    [
      'half a pair at the end',
      'utf-16be',
      utf16be('a\nb\n\ud83d'),
      /line 3: .* not valid UTF-16 \(BE\)/,
    ],
    [
      'the other half',
      'utf-16be',
      utf16be(`${'a\n'.repeat(20_000)}\udc4b`),
      /line 20001: .* UTF-16/,
    ],
    ['the mark of UTF-16', 'utf-8', utf16le('\ufeffa'), /mark of UTF-16 \(LE\), not of UTF-8\.$/],
    ['the mark of UTF-8', 'windows-1251', bytes('\ufeffa'), /UTF-8, not of Windows-1251\.$/],
  ])('refuses %s in %s', async (_, encoding, source, message) => {
    for (const sizes of [[1], [7], [source.length]]) {
      await expect(textOf(source, encoding, sizes)).rejects.toMatchObject({
        name: 'Problem',
        message: expect.stringMatching(message),
        remedy: expect.stringContaining('--encoding'),
      });
    }
  });
});
