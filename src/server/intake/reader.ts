import { Worker } from 'node:worker_threads';
import type { Directory } from '../../domain/directory.ts';
import { toImportProblem } from '../../domain/import.ts';
import { Problem } from '../../domain/problem.ts';
import type { IngestProgress } from '../../ingest/store-rows.ts';
import type { FromReader, ReadingOrder, Refusal, ToReader } from './messages.ts';

const THREAD = new URL('./reader-thread.ts', import.meta.url);

/** A file that is being read. */
export interface Reading {
  /** Null when all of it was read, else why not; rejects with what nobody expected. */
  readonly done: Promise<Refusal | null>;
  /** Breaks the reading off. */
  stop(): void;
}

/**
 * Reads a file into its import in another thread.
 *
 * @param directory knows whom the names in the file mean
 */
export function startReading(
  order: Omit<ReadingOrder, 'stop'>,
  directory: Directory,
  onProgress: (progress: IngestProgress) => void,
): Reading {
  const stop = new SharedArrayBuffer(1);
  const workerData: ReadingOrder = { ...order, stop };
  const worker = new Worker(THREAD, { workerData, name: `import ${order.importId}` });
  const { promise: done, resolve, reject } = Promise.withResolvers<Refusal | null>();
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error('The reading thread ended without a word.')));
  worker.on('message', (message: FromReader) => {
    switch (message.kind) {
      case 'progress':
        return onProgress(message.progress);
      case 'ask':
        return void answer(message, directory).then((reply) => worker.postMessage(reply));
      case 'read':
        return resolve(null);
      case 'refused':
        return resolve(message.problem);
      default:
        return message satisfies never;
    }
  });
  return {
    done,
    stop: () => {
      new Uint8Array(stop)[0] = 1;
    },
  };
}

async function answer(
  { id, what, names }: Extract<FromReader, { kind: 'ask' }>,
  directory: Directory,
): Promise<ToReader> {
  try {
    const found =
      what === 'users' ? await directory.usersByEmail(names) : await directory.groupsByName(names);
    return { id, found };
  } catch (error) {
    const problem =
      error instanceof Problem
        ? toImportProblem(error)
        : { title: 'The portal could not be asked for names.', remedy: 'Hand the file in again.' };
    return { id, problem };
  }
}
