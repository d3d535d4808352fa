import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import type { GivenFormat } from '../csv/detect-format.ts';
import { tooLarge } from '../csv/too-large.ts';
import type { Import } from '../domain/import.ts';
import { Problem } from '../domain/problem.ts';
import { describeSource } from '../ingest/describe-source.ts';
import { type IngestOptions, ingest } from '../ingest/ingest.ts';
import { dropSource, keepSource } from '../ingest/kept-source.ts';
import { startImport } from '../invite/control.ts';
import { findUnfinished, hasImportOf, setResultsDue } from '../ledger/imports.ts';
import { deleteImport } from '../ledger/remove-import.ts';
import { openDirectory } from '../portal/directory.ts';
import { requireImport } from './require-import.ts';

/** @throws Problem when there is no such file, or it is larger than allowed */
export function requireFile(file: string, { maxUploadBytes }: Config): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new Problem(`There is no file ${file}.`, 'Check the path.');
  if (!found.isFile()) throw new Problem(`${file} is not a file.`, 'Name a CSV file.');
  if (found.size > maxUploadBytes) throw tooLarge(file, 'has', maxUploadBytes);
}

export interface PrepareOptions extends Pick<IngestOptions, 'onProgress'> {
  message: string | null;
  /** What the person says about the file; the rest is detected. */
  format: GivenFormat;
}

/**
 * Finds the unfinished import of the same file, read alike, with the same message and for the same
 * portal, or reads the file as a new one, and sets it running.
 */
export async function prepareImport(
  { db, client }: App,
  config: Config,
  file: string,
  { message, format: given, onProgress }: PrepareOptions,
): Promise<{ found: Import; resumed: boolean }> {
  const fileName = basename(file);
  const { dataDir, concurrency, maxUploadBytes: maxBytes } = config;
  const kept = await keepSource(createReadStream(file), { dataDir, fileName, maxBytes });
  try {
    const source = await describeSource(kept, given, { portal: client.webhook.portal, message });
    const format = JSON.stringify(source.format);
    let earlier = await findUnfinished(db, { ...source, format });
    if (earlier?.state === 'checking') {
      // Its reading was broken off; nothing was sent for it yet.
      await deleteImport(db, earlier.id);
      earlier = undefined;
    }
    const options = {
      concurrency,
      directory: openDirectory(client),
      ...(onProgress && { onProgress }),
    };
    const id = earlier?.id ?? (await ingest(db, source, kept.open(), options));
    await setResultsDue(db, id, true);
    await startImport(db, id);
    return { found: await requireImport(db, String(id)), resumed: earlier !== undefined };
  } finally {
    if (!(await hasImportOf(db, kept.digest))) dropSource(kept.digest, dataDir);
  }
}
