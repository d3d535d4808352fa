import type { Config } from '../../config/config.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { type ImportProblem, toImportProblem } from '../../domain/imports/import.ts';
import type { Directory } from '../../domain/pairs/directory.ts';
import { ledgerPlace } from '../../ledger/db/find-ledger.ts';
import type { IngestProgress } from '../store-rows.ts';
import type { IngestWorkers } from './ingest-workers.ts';
import type { IngestFailure, IngestRequest, LookupResponse, WorkerEvent } from './protocol.ts';

const NOT_ASKED: ImportProblem = {
  title: 'The names in the file could not be looked up on the portal.',
  remedy: 'Upload the file again.',
  coded: { code: 'names_not_asked', params: {} },
};

/** A file that is being read. */
export interface RunningIngest {
  /** Null on success, else why it failed; rejects with an unexpected error. */
  readonly done: Promise<IngestFailure | null>;
  /** Stops the ingest. */
  stop(): void;
}

/** What to read, and who requested it. */
export type IngestTask = Pick<
  IngestRequest,
  'importId' | 'lease' | 'source' | 'actor' | 'again' | 'start' | 'replaces'
>;

/**
 * Reads a file into its import in another thread.
 *
 * @param directory looks up the names in the file
 */
export function startIngest(
  threads: IngestWorkers,
  task: IngestTask,
  config: Config,
  directory: Directory,
  onProgress: (progress: IngestProgress) => void,
): RunningIngest {
  const stop = new SharedArrayBuffer(1);
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
  return {
    done,
    stop: () => {
      new Uint8Array(stop)[0] = 1;
    },
  };
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
    const problem = error instanceof Problem ? toImportProblem(error) : NOT_ASKED;
    return { id, problem };
  }
}
