import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/errors/problem.ts';
import { detectFormat } from '../../../src/files/csv/detect-format.ts';
import { readRows } from '../../../src/files/rows/rows.ts';
import { gunzipped } from '../../../src/files/text/gunzip.ts';
import { runs } from '../../support/vitest/properties.ts';
import { all, chunked, formatOf, rowsOf } from '../source.ts';

describe('readRows', () => {
  it('reads a Readable row by row, in order', async () => {
    const csv = `group_id,user_id\n${Array.from({ length: 25 }, (_, i) => `1,${i + 1}\n`).join('')}`;
    const format = await formatOf(csv);
    const source = Readable.from([Buffer.from(csv)]);
    const rows = await all(readRows(source, { fileName: 'team.csv', format }));
    expect(rows.map((row) => row.line)).toEqual(Array.from({ length: 25 }, (_, i) => i + 2));
  });

  it('closes the source when the caller stops early', async () => {
    const source = Readable.from([Buffer.from(`group,user\n${'1,2\n'.repeat(50_000)}`)]);
    const format = await formatOf('group,user\n');
    for await (const _ of readRows(source, { fileName: 'team.csv', format })) break;
    expect(source.destroyed).toBe(true);
  });

  it('passes on what the source throws', async () => {
    const aborted = new Error('the upload was aborted');
    const source = new Readable({ read: () => source.destroy(aborted) });
    const format = await formatOf('group,user\n');
    await expect(all(readRows(source, { fileName: 'team.csv', format }))).rejects.toBe(aborted);
  });

  it.each([
    ['no bytes', '', 'test.csv is empty.'],
    ['only a BOM', '\ufeff', 'test.csv is empty.'],
    ['only blank lines', '\ufeff\r\n \n\n', 'test.csv is empty.'],
    ['no group column', '\nuser_id\n1\n', /^test\.csv, line 2: no column for the group/],
    [
      'a broken header',
      'group_id,"user_id\n1,2\n',
      /^test\.csv, line 1: the first row is broken: /,
    ],
  ])('refuses %s', async (_, source, message) => {
    const refused = rowsOf(source);
    await expect(refused).rejects.toBeInstanceOf(Problem);
    await expect(refused).rejects.toThrow(message);
  });

  it.each(['group_id,user_id', 'group_id,user_id\r\n', '\ufeff"user","group"\n\n'])(
    'gives no rows for the header %j alone',
    async (csv) => {
      expect(await rowsOf(csv)).toEqual([]);
    },
  );

  it('turns any bytes into rows that are in the file, or into a Problem', async () => {
    const header = Buffer.from('group,user,message\n');
    const parts = ['"', ',', ';', '|', '\t', '\n', '\r', '1', '23', ' ', 'é', 'Ж', '@', '=', '""'];
    const soup = fc.array(fc.constantFrom(...parts)).map((text) => text.join(''));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }).map((body) => Buffer.concat([header, body])),
      soup.map((text) => Buffer.from(text)),
      soup.map((text) => Buffer.from(`group;user\n${text}`)),
      soup.map((text) => Buffer.concat([header, Buffer.from(text)])),
      soup.map((text) => Buffer.from(`\ufeff1|2\n${text}`, 'utf16le')),
      soup.map((text) => gzipSync(`1,2\n${text}`)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (source, size) => {
        try {
          const { rows, text } = await readAny(source, size);
          const lines = text.split(/\r\n|\n|\r/);
          for (const row of rows) {
            if (row.kind === 'reject') expect(row.details).not.toEqual([]);
            if (row.kind !== 'pair') continue;
            // A record may go on over the lines that follow.
            const rest = lines.slice(row.line - 1).join('\n');
            expect(rest).toContain(String(row.groupId));
            expect(rest).toContain(String(row.userId));
          }
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          expect(error.message).toMatch(/^test\.csv/);
          expect(error.remedy).not.toBe('');
        }
      }),
      { numRuns: runs(250) },
    );
  });
});

/** A file as the program reads it, and its text as anybody else reads it. */
async function readAny(bytes: Uint8Array, size: number) {
  const fileName = 'test.csv';
  const open = () => gunzipped(chunked(bytes, [size]), { fileName, maxBytes: 10_000 });
  const format = await detectFormat(open, fileName);
  const rows = await all(readRows(open(), { fileName, format }));
  const plain = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  return { rows, text: new TextDecoder(format.encoding).decode(plain) };
}
