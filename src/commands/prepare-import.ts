import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { App } from '../app.ts';
import type { Import } from '../domain/import.ts';
import { Problem } from '../domain/problem.ts';
import { digestFile, type IngestOptions, ingest } from '../ingest.ts';
import { startImport } from '../invite/control.ts';
import { deleteImport, findUnfinished, setResultsDue } from '../ledger/imports.ts';
import { requireImport } from './require-import.ts';

/** @throws Problem when there is no such file */
export function requireFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new Problem(`There is no file ${file}.`, 'Check the path.');
  if (!found.isFile()) throw new Problem(`${file} is not a file.`, 'Name a CSV file.');
}

/**
 * Finds the unfinished import of the same file, message and portal, or reads the file as a new
 * one, and sets it running.
 *
 * @param options.concurrency requests in flight at once
 * @param options.onProgress told how many rows are read
 */
export async function prepareImport(
  { db, client }: App,
  file: string,
  message: string | null,
  options: IngestOptions,
): Promise<{ found: Import; resumed: boolean }> {
  const { portal } = client.webhook;
  const source = {
    fileName: basename(file),
    fileDigest: await digestFile(file),
    portal,
    message,
  };
  let earlier = await findUnfinished(db, source);
  if (earlier?.state === 'checking') {
    // Its reading was broken off; nothing was sent for it yet.
    await deleteImport(db, earlier.id);
    earlier = undefined;
  }
  const id = earlier?.id ?? (await ingest(db, source, createReadStream(file), options));
  await setResultsDue(db, id, true);
  await startImport(db, id);
  return { found: await requireImport(db, String(id)), resumed: earlier !== undefined };
}
