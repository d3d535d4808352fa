import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../../src/domain/errors/problem.ts';
import type { CsvFormat } from '../../../src/files/csv/csv-format.ts';
import type { GivenFormat } from '../../../src/files/csv/detect-format.ts';
import { type Row, readRows } from '../../../src/files/rows/rows.ts';
import { describeWorkbook } from '../../../src/files/workbook/describe-workbook.ts';
import { openWorkbook } from '../../../src/files/workbook/open-workbook.ts';
import { WorkbookFile } from '../../../src/files/workbook/sheet-records.ts';
import type { SheetRow } from '../../../src/files/workbook/workbook.ts';

const fileName = 'book';
/** Most bytes that the test's workbooks may unpack to. */
export const MOST_BYTES = 50_000_000;

/** Calls with the path of a file of these bytes, which is deleted afterwards. */
export async function withFile<T>(
  bytes: Uint8Array,
  act: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-book-'));
  try {
    const path = join(folder, fileName);
    writeFileSync(path, bytes);
    return await act(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns the rows of a workbook, as `run` reads them */
export const readWorkbook = (
  bytes: Uint8Array,
  given: GivenFormat = {},
  maxBytes = MOST_BYTES,
): Promise<{ format: CsvFormat; rows: Row[] }> =>
  withFile(bytes, async (path) => {
    const options = { fileName, maxBytes };
    await using workbook = await openWorkbook(path, options);
    if (workbook === undefined) throw new Error('no workbook');
    const { type } = workbook;
    const format = describeWorkbook({ type, heads: await workbook.heads() }, fileName, given);
    const rows: Row[] = [];
    for await (const row of readRows(new WorkbookFile(path, maxBytes), { fileName, format })) {
      rows.push(row);
    }
    return { format, rows };
  });

/** @returns the rows of the first sheet */
export const sheetRows = (bytes: Uint8Array): Promise<SheetRow[]> =>
  withFile(bytes, async (path) => {
    await using workbook = await openWorkbook(path, { fileName, maxBytes: MOST_BYTES });
    const [head] = (await workbook?.heads()) ?? [];
    const rows: SheetRow[] = [];
    for await (const some of workbook?.rows(head?.name ?? '') ?? []) rows.push(...some);
    return rows;
  });

/** @returns the code of the problem that a workbook is refused with; undefined when it is read */
export async function refusalOf(
  bytes: Uint8Array,
  given: GivenFormat = {},
  maxBytes = MOST_BYTES,
): Promise<string | undefined> {
  try {
    await readWorkbook(bytes, given, maxBytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, params } = error.coded;
    return [code, params.is, params.part]
      .filter((word) => word !== undefined)
      .join(' ')
      .trim();
  }
}
