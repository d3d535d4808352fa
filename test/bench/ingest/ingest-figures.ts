import { join } from 'node:path';
import { temporaryFolder } from '../belongings.ts';
import { startScript } from '../runs/script.ts';
import { writeRows } from './rows-file.ts';

/** Cost of reading a file. */
export interface Reading {
  rows: number;
  seconds: number;
  rowsPerSecond: number;
  /** Peak memory of the process, in bytes. */
  peakBytes: number;
}

/** Ingest, with the ledger on disk, and csv-parse alone on the same file. */
export interface IngestFigures {
  ingest: Reading;
  csvParse: Reading;
}

/** Reads a file of `rows` rows in both ways, one after the other, each in its own process. */
export async function measureIngest(rows: number): Promise<IngestFigures> {
  using folder = temporaryFolder();
  const file = join(folder.path, 'rows.csv');
  await writeRows(file, rows);
  const csvParse = await read('parse-process.ts', { file }, rows);
  const ledger = join(folder.path, 'ledger.db');
  return { csvParse, ingest: await read('ingest-process.ts', { file, ledger }, rows) };
}

async function read(name: string, what: unknown, rows: number): Promise<Reading> {
  await using script = startScript(new URL(name, import.meta.url), what);
  const reported = (await script.next()) as Omit<Reading, 'rowsPerSecond'> | undefined;
  if (reported?.rows !== rows) throw new Error(`${name} read ${reported?.rows} rows of ${rows}`);
  return { ...reported, rowsPerSecond: rows / reported.seconds };
}
