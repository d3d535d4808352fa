import { BOM, csvLines } from '../csv/csv-lines.ts';
import type { Delimiter } from '../csv/delimiter.ts';
import { writeWorkbook } from '../workbook-writer/workbook-writer.ts';
import type { SampleTable } from './sample-tables.ts';

const WIDTHS = [16, 20, 60];

export const sampleCsv = ({ header, rows }: SampleTable, delimiter: Delimiter): string =>
  BOM + csvLines([header, ...rows], delimiter);

/** @returns a workbook with one sheet */
export async function sampleXlsx({ header, rows }: SampleTable): Promise<Buffer> {
  const columns = header.map((name, at) => ({ name, width: WIDTHS[at] ?? 20 }));
  const pieces: Uint8Array[] = [];
  for await (const piece of writeWorkbook([{ name: 'people', columns, rows }])) pieces.push(piece);
  return Buffer.concat(pieces);
}
