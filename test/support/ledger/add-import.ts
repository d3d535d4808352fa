import type { App } from '../../../src/app/open-app.ts';
import type { Config } from '../../../src/config/config.ts';
import { describeSource } from '../../../src/ingest/describe-source.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { keepSource } from '../../../src/ingest/kept-source.ts';
import { openDirectory } from '../../../src/portal/directory/open-directory.ts';

export interface AddOptions {
  message?: string | null;
  /** @default people.csv */
  fileName?: string;
}

/**
 * Adds a CSV to a server's ledger and source files, as `run` does: without a check and without the
 * ingest thread, which takes longer to start than most tests.
 *
 * @returns the id of the import, which is ready to start
 */
export async function addImport(
  { db, client }: App,
  { dataDir, concurrency, maxUploadBytes: maxBytes, pairLimits }: Config,
  csv: string,
  { message = null, fileName = 'people.csv' }: AddOptions = {},
): Promise<number> {
  const kept = await keepSource(bytesOf(csv), { dataDir, fileName, maxBytes });
  const source = await describeSource(kept, {}, { portal: client.webhook.portal, message });
  const directory = openDirectory(client);
  return ingest(db, source, kept.open(), { concurrency, pairLimits, directory });
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
