import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import type { Import } from '../../domain/imports/import.ts';
import type { GivenFormat } from '../../files/csv/detect-format.ts';
import { describeRemembered } from '../../ingest/describe-remembered.ts';
import {
  beginImportOf,
  type IngestOptions,
  type IngestSource,
  ingestAs,
} from '../../ingest/ingest.ts';
import { keepSource, releaseSource } from '../../ingest/kept-source.ts';
import { startImport } from '../../invite/import-lifecycle.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { setResultsDue } from '../../ledger/imports/import-store.ts';
import { findUnfinished, hasImportOf } from '../../ledger/imports/imports-of-file.ts';
import {
  acquireIngestLease,
  type IngestLease,
  withGlobalLock,
} from '../../ledger/imports/ingest-lease.ts';
import { deleteUnread } from '../../ledger/imports/remove-import.ts';
import { openDirectory } from '../../portal/directory/open-directory.ts';
import { requireImport } from '../imports/find-import.ts';
import type { SourceFile } from './source-file.ts';

/** Interval between checks whether another process has read the file, in milliseconds. */
const POLL_MS = 250;

export interface PrepareOptions extends Pick<IngestOptions, 'onProgress'> {
  message: string | null;
  /** The format options that the user set; the rest is detected. */
  format: GivenFormat;
  /** Whether to use what was chosen for the same header before. */
  remembered: boolean;
  /** Called once before a wait, with the import that another process is making of the file. */
  onWait: (reading: Import) => void;
}

/**
 * Finds the unfinished import of the same file with the same format, message and portal, or reads
 * the file as a new import, and starts it.
 */
export async function prepareImport(
  { db, client }: App,
  config: Config,
  file: SourceFile,
  { message, format: given, remembered, onProgress, onWait }: PrepareOptions,
): Promise<{ found: Import; resumed: boolean }> {
  const { dataDir, concurrency, maxUploadBytes: maxBytes, pairLimits } = config;
  const kept = await keepSource(file.read(), { dataDir, fileName: file.name, maxBytes });
  try {
    const settings = { portal: client.webhook.portal, message };
    const source = await describeRemembered(remembered ? db : undefined, kept, given, settings);
    const begun = await findOrBegin(db, source, onWait);
    const options = {
      concurrency,
      pairLimits,
      directory: openDirectory(client),
      ...(onProgress && { onProgress }),
    };
    const resumed = 'id' in begun;
    const id = resumed
      ? begun.id
      : await ingestAs(db, begun, source, kept.content(source.format), options);
    await setResultsDue(db, id, true);
    await startImport(db, id);
    return { found: await requireImport(db, String(id)), resumed };
  } finally {
    await releaseSource(kept.digest, dataDir, () => hasImportOf(db, kept.digest));
  }
}

/**
 * Finds the unfinished import of a file or begins a new one, one process at a time. Waits while
 * another process reads the file. Removes an import that a dead process did not read completely.
 */
async function findOrBegin(
  db: Db,
  source: IngestSource,
  onWait: PrepareOptions['onWait'],
): Promise<Import | IngestLease> {
  const wanted = { ...source, format: JSON.stringify(source.format) };
  for (let hasReported = false; ; ) {
    const begun = await withGlobalLock(
      db,
      async (tx) => (await findUnfinished(tx, wanted)) ?? beginImportOf(tx, source),
    );
    if (!('id' in begun) || begun.state !== 'reading') return begun;
    const lease = await acquireIngestLease(db, begun.id);
    if (lease !== undefined) {
      // Reading was interrupted; nothing was sent for this import yet.
      await deleteUnread(db, lease);
      continue;
    }
    if (!hasReported) onWait(begun);
    hasReported = true;
    await sleep(POLL_MS);
  }
}
