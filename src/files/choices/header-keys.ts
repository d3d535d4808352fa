import { createHash } from 'node:crypto';
import type { CsvFormat } from '../csv/csv-format.ts';
import { plainName } from '../rows/column-names.ts';
import type { SheetHead } from '../workbook/workbook.ts';

/** Most lines that are searched for a header: title lines stand before it. */
const MOST_LINES = 20;
const MOST_BYTES = 64 * 1024;
const [LF, CR] = [10, 13];

const hash = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** @returns identifies the header by its names, in any spelling; undefined without a header */
export function headerKey({
  header,
  json,
}: Pick<CsvFormat, 'header' | 'json'>): string | undefined {
  if (header === null) return undefined;
  const names = header.map(plainName);
  // Objects have their keys in any order.
  return hash(JSON.stringify(json === undefined ? names : ['json', ...names.toSorted()]));
}

/** A row of a sheet that can be its header. */
export interface HeaderPlace {
  readonly sheet: string;
  readonly line: number;
}

/** @returns the first rows of a workbook's sheets by the key that each would have as header */
export function headerPlaces(heads: readonly SheetHead[]): Map<string, HeaderPlace[]> {
  const places = new Map<string, HeaderPlace[]>();
  for (const { name: sheet, rows } of heads) {
    for (const { cells, line } of rows.slice(0, MOST_LINES)) {
      const key = headerKey({ header: [...cells] }) ?? '';
      places.set(key, [...(places.get(key) ?? []), { sheet, line }]);
    }
  }
  return places;
}

/** @returns for each of the first lines a key of its bytes, in order; undefined for blank lines */
export async function lineKeys(source: AsyncIterable<Uint8Array>): Promise<(string | undefined)[]> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MOST_BYTES) break;
  }
  const start = Buffer.concat(chunks).subarray(0, MOST_BYTES);
  const keys: (string | undefined)[] = [];
  for (let at = 0; at < start.length && keys.length < MOST_LINES; ) {
    let end = at;
    while (end < start.length && start[end] !== LF && start[end] !== CR) end++;
    const line = start.subarray(at, end);
    const isBlank = line.every((byte) => byte === 0 || byte === 32);
    keys.push(isBlank ? undefined : hash(line));
    at = end + (start[end] === CR && start[end + 1] === LF ? 2 : 1);
  }
  return keys;
}

/** @returns the key of the line with the header; null when it has no line of its own */
export function headerLineKey(
  keys: readonly (string | undefined)[],
  format: CsvFormat,
  headerLine: number | undefined,
): string | null {
  if (format.json !== undefined || format.workbook !== undefined) return null;
  if (format.header === null) return null;
  if (headerLine !== undefined) return keys[headerLine - 1] ?? null;
  return keys.filter((key) => key !== undefined)[format.hasSeparatorLine ? 1 : 0] ?? null;
}
