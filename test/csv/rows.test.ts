import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../src/csv/rows.ts';
import { Problem } from '../../src/domain/problem.ts';
import { all, formatOf, rowsOf } from './source.ts';

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

  it('turns any bytes into rows or a Problem', async () => {
    const header = Buffer.from('group,user,message\n');
    const soup = fc
      .array(fc.constantFrom('"', ',', '\n', '\r', '1', '2', ' ', 'é', '\0', '=', '""'))
      .map((parts) => Buffer.from(parts.join('')));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      soup,
      soup.map((body) => Buffer.concat([header, body])),
      fc.uint8Array({ maxLength: 200 }).map((body) => Buffer.concat([header, body])),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (source, size) => {
        try {
          const rows = await rowsOf(source, { sizes: [size] });
          for (const row of rows) {
            if (row.kind === 'reject') expect(row.detail).not.toBe('');
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
