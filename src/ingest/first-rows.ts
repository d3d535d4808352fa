import type { CsvFormat } from '../files/csv/csv-format.ts';
import { readCells } from '../files/rows/rows.ts';
import type { KeptSource } from './kept-source.ts';

/** A row of a file with its cells as they are there; without any when its quotes are broken. */
export interface FirstRow {
  line: number;
  cells: string[];
}

/** Longer cells are cut: they are to be recognized, not read. */
const CELL_CHARACTERS = 300;

/** @returns the first rows of a stored file, without its header */
export async function readFirstRows(
  kept: KeptSource,
  format: CsvFormat,
  most: number,
): Promise<FirstRow[]> {
  const rows: FirstRow[] = [];
  const { fileName } = kept;
  for await (const records of readCells(kept.content(format), { fileName, format })) {
    for (const record of records) {
      const cells = record.kind === 'broken' ? [] : record.cells;
      rows.push({
        line: record.line,
        cells: cells.map((cell) => cell.slice(0, CELL_CHARACTERS)),
      });
      if (rows.length === most) return rows;
    }
  }
  return rows;
}
