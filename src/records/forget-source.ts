import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Import } from '../domain/imports/import.ts';
import type { Person } from '../domain/pairs/person.ts';
import { type CsvFormat, parseFormat } from '../files/csv/csv-format.ts';
import { type ReadOptions, readCells } from '../files/rows/rows.ts';
import { applyEdits, type Edit, editsFor } from '../files/rows/without-person.ts';
import { findSource, type KeptSource, keepSource } from '../ingest/kept-source.ts';

/** What becomes of an import's stored file. */
export type SourceChange =
  /** It contains nothing about the person, or is not stored. */
  | { kind: 'same' }
  | { kind: 'rewritten'; rows: number; fileDigest: string; format: string }
  /** It cannot be rewritten, because it is no CSV or cannot be read: it has to go. */
  | { kind: 'dropped' };

/** Stores an import's file again without a person; the first file stays until {@link dropSource}. */
export async function forgetSource(
  dataDir: string,
  { fileName, fileDigest, format: stored }: Import,
  person: Person,
  lines: ReadonlySet<number>,
): Promise<SourceChange> {
  const place = { dataDir, fileName, maxBytes: Number.POSITIVE_INFINITY };
  const source = findSource(fileDigest, place);
  if (source === undefined) return { kind: 'same' };
  let kept: KeptSource | undefined;
  try {
    const format = parseFormat(stored);
    if (format === undefined) return { kind: 'dropped' };
    const options = { fileName, format };
    const edits = await editsFor(source.open(), options, person, lines);
    if (edits.length === 0) return { kind: 'same' };
    kept = await keepSource(applyEdits(source.open(), options, edits), place);
    const next: CsvFormat = { ...format, encoding: 'utf-8', newline: 'LF' };
    if (await isSound(kept, { source, options, edits, next, person })) {
      const { digest } = kept;
      return {
        kind: 'rewritten',
        rows: edits.length,
        fileDigest: digest,
        format: JSON.stringify(next),
      };
    }
  } catch {
    // For example a workbook, which is no text.
  }
  // The person can still be in it.
  if (kept !== undefined && kept.digest !== fileDigest) dropSource(dataDir, kept.digest);
  return { kind: 'dropped' };
}

/** Deletes a stored file. */
export const dropSource = (dataDir: string, digest: string): void =>
  rmSync(join(dataDir, 'sources', digest), { force: true });

interface Rewritten {
  source: KeptSource;
  options: ReadOptions;
  edits: readonly Edit[];
  next: CsvFormat;
  person: Person;
}

/** Reads the new file: the person must be gone from it, and every other row must be on its line. */
async function isSound(
  kept: KeptSource,
  { source, options, edits, next, person }: Rewritten,
): Promise<boolean> {
  const now = { ...options, format: next };
  if ((await editsFor(kept.open(), now, person, new Set())).length > 0) return false;
  const gone = new Set(edits.flatMap(({ from, text }) => (text === '' ? [from] : [])));
  const after = linesOf(kept, now);
  for await (const line of linesOf(source, options)) {
    if (gone.has(line)) continue;
    if ((await after.next()).value !== line) return false;
  }
  return (await after.next()).done === true;
}

async function* linesOf(source: KeptSource, options: ReadOptions): AsyncGenerator<number, void> {
  for await (const records of readCells(source.open(), options)) {
    for (const { line } of records) yield line;
  }
}
