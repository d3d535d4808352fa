import { gzipSync } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../scripts/encode-text.ts';
import { MAX_ID } from '../../src/domain/pairs/ids.ts';
import { DELIMITERS } from '../../src/files/csv/delimiter.ts';
import { detectFormat } from '../../src/files/csv/detect-format.ts';
import type { References } from '../../src/files/rows/references.ts';
import { readRows } from '../../src/files/rows/rows.ts';
import { ENCODINGS, type Encoding } from '../../src/files/text/encoding.ts';
import { gunzipped } from '../../src/files/text/gunzip.ts';
import { describeDetails } from '../../src/messages/row-details.ts';
import { runs } from '../support/vitest/properties.ts';
import { all, chunked } from './source.ts';

const LETTERS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'aZ9 é ß Ж ё 漢 👋 \u0301',
  'utf-16le': 'aZ9 é ß Ж ё 漢 👋 \u0301',
  'utf-16be': 'aZ9 é ß Ж ё 漢 👋 \u0301',
  'windows-1251': 'aZ9 Ж ё «»—№ Привет',
  'windows-1252': 'aZ9 é ß ü €“”’ Grüße',
  'windows-1250': 'aZ9 ą ł ř ü „” Łódź',
  'koi8-r': 'aZ9 Ж ё Привет',
  ibm866: 'aZ9 Ж ё № Привет',
  'x-mac-cyrillic': 'aZ9 Ж ё «»— Привет',
};
const HEADERS = [
  ['group_id', 'user_id', 'message'],
  ['Workgroup', 'E-mail', 'Text'],
  ['ID группы', 'Сотрудник', 'Сообщение'],
] as const;

const id = fc.integer({ min: 1, max: MAX_ID });
const aFew = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 3 });

/** Text in letters of the encoding, with all characters that require quotes. */
const textIn = (encoding: Encoding, newline: string) => {
  const hard = ['"', '""', "'", ',', ';', '|', '\t', '=1', ...(newline === '\r' ? [] : [newline])];
  return fc
    .array(fc.oneof(fc.constantFrom(...LETTERS[encoding]), fc.constantFrom(...hard)), {
      maxLength: 8,
    })
    .map((parts) => parts.join('').trim());
};

/** A format to write a file in, and the table to write. */
const file = fc
  .record({
    encoding: fc.constantFrom(...ENCODINGS),
    delimiter: fc.constantFrom(...DELIMITERS),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    bom: fc.boolean(),
    separatorLine: fc.boolean(),
    quoted: fc.boolean(),
    lastNewline: fc.boolean(),
    packed: fc.boolean(),
    header: fc.constantFrom(...HEADERS),
    order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
  })
  .chain((way) => {
    const text = textIn(way.encoding, way.newline);
    const user = fc.oneof(id, fc.constantFrom('anna@example.com', 'b.c+d@x-y.ru'));
    const rows = fc.array(
      fc.record({
        groups: aFew(id),
        users: aFew(user),
        // In a file with commas, a text of digits can be a part of a number.
        message: text.map((all) => all.replace(/^\d+$/, 'a')),
        note: text,
        blank: fc.nat({ max: 2 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const list = fc.constantFrom(
      ...[';', '|', ' ; '].filter((one) => one.trim() !== way.delimiter),
    );
    return fc.record({ way: fc.constant(way), rows, list });
  });

type File = typeof file extends fc.Arbitrary<infer T> ? T : never;

/** @returns the file's bytes, and the expected rows: `line groups users message` */
function write({ way, rows, list }: File): { bytes: Uint8Array; expected: string[] } {
  const { delimiter, newline, quoted, header, order } = way;
  const line = (cells: readonly string[]) =>
    stringify([order.map((i) => cells[i])], {
      ...{ delimiter, quoted, record_delimiter: newline },
      quote_record_delimiter: true,
    });
  const hasCyrillic = !/125[02]/.test(way.encoding);
  const names = hasCyrillic ? header : HEADERS[0];
  let text = `${way.separatorLine ? `sep=${delimiter}${newline}` : ''}${line([...names, 'note'])}`;
  const expected = rows.map(({ groups, users, message, note, blank }) => {
    text += newline.repeat(blank);
    const at = text.split(newline === '\r' ? '\r' : '\n').length;
    text += line([groups.join(list), users.join(list), message, note]);
    return `${at} ${groups} ${users} ${message}`;
  });
  if (!way.lastNewline) text = text.slice(0, -newline.length);
  const isUnicode = way.encoding.startsWith('utf');
  const marked = isUnicode && (way.bom || way.encoding !== 'utf-8') ? `\ufeff${text}` : text;
  const bytes = encodeText(marked, way.encoding);
  return { bytes: way.packed ? gzipSync(bytes) : bytes, expected };
}

const listed = ({ parts }: References<number>): string =>
  parts
    .map((part) => (part.kind === 'id' ? part.id : part.kind === 'name' ? part.name : '?'))
    .join();

describe('any table of pairs', () => {
  it('is read back from any format, with its line numbers', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(file, sizes, async (given, sizes) => {
        const { bytes, expected } = write(given);
        const open = () =>
          gunzipped(chunked(bytes, sizes), { fileName: 'any.csv', maxBytes: 1_000_000 });
        const { encoding } = given.way;
        // A few random letters belong to no language: their encoding cannot be guessed.
        const said = encoding.startsWith('utf') ? {} : { encoding };
        const format = await detectFormat(open, 'any.csv', said);
        expect(format).toMatchObject({ encoding, delimiter: given.way.delimiter });
        const rows = await all(readRows(open(), { fileName: 'any.csv', format }));
        const found = rows.map((row) => {
          if (row.kind === 'pair')
            return `${row.line} ${row.groupId} ${row.userId} ${row.message ?? ''}`;
          if (row.kind === 'reject')
            return `${row.line} ${row.reason} ${describeDetails(row.details)}`;
          return `${row.line} ${listed(row.groups)} ${listed(row.users)} ${row.message ?? ''}`;
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: runs(50) },
    );
  });
});
