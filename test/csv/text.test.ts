import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/csv/text.ts';
import { all, chunked } from './source.ts';

const textOf = async (bytes: Uint8Array, sizes: readonly number[] = [bytes.length]) =>
  (await all(readText(chunked(bytes, sizes), 'team.csv'))).join('');

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(...part))),
  );

describe('readText', () => {
  it('gives the text whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.boolean(),
        async (text, sizes, bom) => {
          const source = bytes(bom ? '\ufeff' : '', text);
          // A text that begins with a mark of its own loses it: nothing tells the two apart.
          const expected = bom ? text : text.replace(/^\ufeff/, '');
          expect(await textOf(source, sizes)).toBe(expected);
        },
      ),
    );
  });

  it.each(['é', '€', '😀'])('keeps %s whole at the edge of a block', async (character) => {
    for (let shift = 0; shift < 5; shift++) {
      const text = 'x'.repeat(shift) + character.repeat(100_000);
      const pieces = await all(readText(chunked(Buffer.from(text), [1_000_000]), 'team.csv'));
      expect(pieces.join('')).toBe(text);
      expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(65_536);
    }
  });

  it.each([
    ['a workbook', bytes('PK\x03\x04', [0, 0]), /is not a CSV in UTF-8 but an Excel workbook/],
    ['an empty archive', bytes('PK\x05\x06', [0]), /ZIP archive/],
    ['an old workbook', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /\.xls/],
    ['a PDF', bytes('%PDF-1.7\n'), /a PDF document/],
    ['a gzip archive', bytes([0x1f, 0x8b, 8, 0]), /a gzip archive/],
    ['UTF-16, little end first', bytes([0xff, 0xfe, 0x67, 0]), /UTF-16/],
    ['UTF-16, big end first', bytes([0xfe, 0xff, 0, 0x67]), /UTF-16/],
    ['UTF-16 without a mark', bytes('g\0r\0'), /^team\.csv, line 1: there is a zero byte/],
    ['a zero byte later', bytes('a\r\nb\nc\0'), /^team\.csv, line 3: there is a zero byte/],
    ['windows-1251', bytes('a\n', [0xcf, 0xf0, 0xe8]), /^team\.csv, line 2: the text is not UTF-8/],
    ['half a character at the end', bytes('a\nb\n€').subarray(0, -1), /line 3: .* not UTF-8/],
    ['an overlong form', bytes('a\n', [0xc0, 0x80], '\n'), /line 2: .* not UTF-8/],
    ['half a surrogate pair', bytes('\n\n', [0xed, 0xa0, 0x80]), /line 3: .* not UTF-8/],
    ['damage far in', bytes('1,2\n'.repeat(50_000), [0xff]), /line 50001: .* not UTF-8/],
    ['a zero far in', bytes('1,2\n'.repeat(50_000), [0]), /line 50001: .* zero byte/],
    ['a half character far in', bytes('€\n'.repeat(50_000), [0xe2], '\n'), /line 50001: .* not/],
  ])('refuses %s', async (_, source, message) => {
    for (const sizes of [[1], [7], [source.length]]) {
      await expect(textOf(source, sizes)).rejects.toMatchObject({
        name: 'Problem',
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(/\w/),
      });
    }
  });
});
