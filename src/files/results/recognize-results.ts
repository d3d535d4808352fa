import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DELIMITERS } from '../csv/delimiter.ts';
import { RESULT_COLUMNS } from './own-results.ts';
import { XLSX_MARK } from './results-xlsx.ts';

const HEADERS = DELIMITERS.map((delimiter) => RESULT_COLUMNS.join(delimiter));
const LONGEST = 3 + Math.max(...HEADERS.map(({ length }) => length));

/** @returns whether a file begins like our results CSV, or is a workbook of results as we wrote it */
export function isResultsFile(path: string): boolean {
  const start = read(path, 0, LONGEST).replace(/^\ufeff/, '');
  if (HEADERS.some((header) => start.startsWith(header))) return true;
  const size = statSync(path).size;
  return read(path, Math.max(0, size - XLSX_MARK.length), XLSX_MARK.length) === XLSX_MARK;
}

function read(path: string, from: number, length: number): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, from)).toString('utf8');
  } finally {
    closeSync(file);
  }
}
