import type { App } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import type { Directory } from '../../domain/pairs/directory.ts';
import type { IngestProgress } from '../../ingest/store-rows.ts';
import { type IngestTask, ingestInThread } from '../../ingest/worker/ingest-task.ts';
import type { IngestWorkers } from '../../ingest/worker/ingest-workers.ts';
import type { IngestFailure } from '../../ingest/worker/protocol.ts';
import { openDirectory } from '../../portal/directory/open-directory.ts';
import type { Progress } from '../schemas/import-schema.ts';

export interface ThreadOptions {
  threads: IngestWorkers;
  /** Waits for the portal while another file is read. */
  whileWaiting: <T>(wait: () => Promise<T>) => Promise<T>;
  /** Stops the reading. */
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

export const NOTHING_READ: Progress = {
  what: 'rows',
  done: 0,
  of: null,
  waiting: null,
  waitingFor: null,
};

/**
 * Reads a file into its import in its own thread. A portal that rate-limits the lookup of names for
 * minutes must not delay other files: another file is read meanwhile.
 *
 * @returns null when the whole file was read, else the reason
 */
export async function runIngest(
  { client }: App,
  config: Config,
  task: IngestTask,
  { threads, whileWaiting, signal, onProgress }: ThreadOptions,
): Promise<IngestFailure | null> {
  let progress = NOTHING_READ;
  const report = (more: Partial<Progress>) => {
    progress = { ...progress, ...more };
    onProgress(progress);
  };
  const onWait = (waiting: string, waitingFor: Progress['waitingFor']) =>
    report({ waiting, waitingFor });
  const portal = openDirectory(client, { signal, onWait });
  const directory: Directory = {
    usersByEmail: (emails) => whileWaiting(() => portal.usersByEmail(emails)),
    groupsByName: (names) => whileWaiting(() => portal.groupsByName(names)),
  };
  const onProgressOf = (read: IngestProgress) => report(toProgress(read));
  return ingestInThread(threads, task, config, directory, onProgressOf, signal);
}

const toProgress = ({ rows, ordered }: IngestProgress): Progress => ({
  ...NOTHING_READ,
  ...(ordered === undefined ? { done: rows } : { what: 'pairs', done: ordered }),
});
