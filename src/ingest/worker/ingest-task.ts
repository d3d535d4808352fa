import type { Config } from '../../config/config.ts';
import { Problem } from '../../domain/errors/problem.ts';
import type { Directory } from '../../domain/pairs/directory.ts';
import { ledgerPlace } from '../../ledger/db/find-ledger.ts';
import { problem } from '../../messages/problems.ts';
import type { IngestProgress } from '../store-rows.ts';
import type { IngestWorkers } from './ingest-workers.ts';
import type { IngestFailure, IngestRequest, LookupResponse, WorkerEvent } from './protocol.ts';

const NOT_ASKED = problem('names_not_asked', {}).coded;

/** What to read, and who requested it. */
export type IngestTask = Pick<
  IngestRequest,
  'importId' | 'lease' | 'source' | 'actor' | 'again' | 'start' | 'replaces'
>;

/**
 * Reads a file into its import in another thread.
 *
 * @param signal stops it
 * @returns null on success, else why it failed; rejects with an unexpected error
 */
export function ingestInThread(
  threads: IngestWorkers,
  task: IngestTask,
  config: Config,
  directory: Directory,
  onProgress: (progress: IngestProgress) => void,
  signal: AbortSignal,
): Promise<IngestFailure | null> {
  const stop = new SharedArrayBuffer(1);
  const onAbort = () => new Uint8Array(stop).fill(1);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const request = requestFor(task, config, stop);
  const done = threads.run({ kind: 'ingest', ...request }, (event, respond) => {
    switch (event.kind) {
      case 'progress':
        return onProgress(event.progress);
      case 'lookup':
        return void lookUp(event, directory).then(respond);
      default:
        return event satisfies never;
    }
  });
  return done.finally(() => signal.removeEventListener('abort', onAbort));
}

/** Copies only what the thread needs: a source may be a whole import. */
function requestFor(task: IngestTask, config: Config, stop: SharedArrayBuffer): IngestRequest {
  const { fileName, fileDigest, portal, message, format } = task.source;
  const { dataDir, maxUploadBytes: maxBytes, pairLimits, concurrency } = config;
  const ledger = ledgerPlace(config);
  const source = { fileName, fileDigest, portal, message, format };
  return { ...task, source, ledger, dataDir, maxBytes, pairLimits, concurrency, stop };
}

async function lookUp(
  { id, what, names }: Extract<WorkerEvent, { kind: 'lookup' }>,
  directory: Directory,
): Promise<LookupResponse> {
  try {
    const found =
      what === 'users' ? await directory.usersByEmail(names) : await directory.groupsByName(names);
    return { id, found };
  } catch (error) {
    const problem = error instanceof Problem ? error.coded : NOT_ASKED;
    return { id, problem };
  }
}
