import type { Worker } from 'node:worker_threads';
import type { Config } from '../../config.ts';
import type { Directory } from '../../domain/directory.ts';
import { type ImportProblem, toImportProblem } from '../../domain/import.ts';
import { Problem } from '../../domain/problem.ts';
import type { IngestProgress } from '../../ingest/store-rows.ts';
import { ledgerPlace } from '../../ledger/find-ledger.ts';
import type { FromReader, ReadingOrder, Refusal, ToReader } from './messages.ts';
import type { ReaderThreads } from './reader-threads.ts';

const NOT_ASKED: ImportProblem = {
  title: 'The portal could not be asked for names.',
  remedy: 'Hand the file in again.',
  coded: { code: 'names_not_asked', params: {} },
};

/** A file that is being read. */
export interface Reading {
  /** Null when all of it was read, else why not; rejects with what nobody expected. */
  readonly done: Promise<Refusal | null>;
  /** Breaks the reading off. */
  stop(): void;
}

/** What is to be read, and for whom. */
export type ReadingTask = Pick<
  ReadingOrder,
  'importId' | 'right' | 'source' | 'actor' | 'again' | 'replaces'
>;

/**
 * Reads a file into its import in another thread.
 *
 * @param directory knows whom the names in the file mean
 */
export function startReading(
  threads: ReaderThreads,
  task: ReadingTask,
  config: Config,
  directory: Directory,
  onProgress: (progress: IngestProgress) => void,
): Reading {
  const stop = new SharedArrayBuffer(1);
  const thread = threads.take();
  const { promise: done, resolve, reject } = Promise.withResolvers<Refusal | null>();
  const end = (problem: Refusal | null) => {
    threads.giveBack(thread);
    resolve(problem);
  };
  thread.on('error', reject);
  thread.on('exit', () => reject(new Error('The reading thread ended without a word.')));
  thread.on('message', (message: FromReader) => {
    switch (message.kind) {
      case 'progress':
        return onProgress(message.progress);
      case 'ask':
        return void answer(message, directory).then((reply) => tell(thread, reply));
      case 'read':
      case 'removed':
        return end(null);
      case 'refused':
        return end(message.problem);
      default:
        return message satisfies never;
    }
  });
  tell(thread, { kind: 'read', order: orderOf(task, config, stop) });
  return {
    done,
    stop: () => {
      new Uint8Array(stop)[0] = 1;
    },
  };
}

function tell(thread: Worker, message: ToReader): void {
  thread.postMessage(message);
}

/** A source may be a whole import; the thread is sent what it needs of it. */
function orderOf(task: ReadingTask, config: Config, stop: SharedArrayBuffer): ReadingOrder {
  const { fileName, fileDigest, portal, message, format } = task.source;
  const { dataDir, maxUploadBytes: maxBytes, concurrency } = config;
  const ledger = ledgerPlace(config);
  const source = { fileName, fileDigest, portal, message, format };
  return { ...task, source, ledger, dataDir, maxBytes, concurrency, stop };
}

async function answer(
  { id, what, names }: Extract<FromReader, { kind: 'ask' }>,
  directory: Directory,
): Promise<ToReader> {
  try {
    const found =
      what === 'users' ? await directory.usersByEmail(names) : await directory.groupsByName(names);
    return { kind: 'answer', id, found };
  } catch (error) {
    const problem = error instanceof Problem ? toImportProblem(error) : NOT_ASKED;
    return { kind: 'answer', id, problem };
  }
}
