import type { Import } from '../domain/imports/import.ts';
import { parseFormat } from '../files/csv/csv-format.ts';
import { Originals } from '../files/results/originals.ts';
import { sourceColumns } from '../files/results/source-columns.ts';
import { findSource } from '../ingest/kept-source.ts';
import type { Db } from '../ledger/db/schema.ts';
import { readNamedInFile } from '../ledger/pairs/group-cells.ts';

/** @returns the file's own columns; undefined when it is not stored any more, or they would say nothing more */
export async function openOriginals(
  db: Db,
  dataDir: string,
  found: Import,
): Promise<Originals | undefined> {
  const format = parseFormat(found.format);
  if (format === undefined) return undefined;
  const named = await readNamedInFile(db, found.id);
  if (sourceColumns(format, named).length === 0) return undefined;
  const { fileName } = found;
  const options = { dataDir, fileName, maxBytes: Number.POSITIVE_INFINITY };
  const source = findSource(found.fileDigest, options);
  return source && new Originals(source.content(format), { fileName, format }, named);
}
