/**
 * Reads files into the ledger, one after the other, in a thread of its own: SQLite works while it is
 * waited for, and the page should not wait as well.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { Problem } from '../../domain/errors/problem.ts';
import { toImportProblem, toProblem } from '../../domain/imports/import.ts';
import type { Directory, Lookup } from '../../domain/pairs/directory.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import { beginImport } from '../../invite/import-lifecycle.ts';
import { explainLedgerError, openLedger } from '../../ledger/db/database.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { replaceImport } from '../../ledger/imports/import-redirects.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import {
  acquireIngestLease,
  type IngestLease,
  LeaseRenewal,
} from '../../ledger/imports/ingest-lease.ts';
import { IngestLeaseLost } from '../../ledger/imports/ingest-lease-lost.ts';
import { purgeRemoved } from '../../ledger/imports/purge-imports.ts';
import { emptyImport } from '../../ledger/imports/remove-import.ts';
import { importMovedOn } from '../import-moved-on.ts';
import { fillImport } from '../ingest.ts';
import { findSource } from '../kept-source.ts';
import type {
  IngestRequest,
  LookupResponse,
  PurgeRequest,
  WorkerEvent,
  WorkerMessage,
  WorkerRequest,
} from './protocol.ts';

/** How often a file that another process reads is looked at, in milliseconds. */
const POLL_MS = 500;

const port = parentPort;
if (port === null) throw new Error('This is the main module of a thread.');
const post = (message: WorkerEvent): void => port.postMessage(message);

const answers = new Map<number, (answer: LookupResponse) => void>();
let questions = 0;

port.on('message', (message: WorkerMessage) => {
  if (message.kind === 'answer') answers.get(message.id)?.(message);
  else void run(message).then(post);
});

async function ask<Id>(
  what: 'users' | 'groups',
  names: readonly string[],
): Promise<ReadonlyMap<string, Lookup<Id>>> {
  const id = questions++;
  const { promise, resolve } = Promise.withResolvers<LookupResponse>();
  answers.set(id, resolve);
  post({ kind: 'ask', id, what, names });
  const answer = await promise;
  answers.delete(id);
  if ('problem' in answer) throw toProblem(answer.problem);
  return answer.found as ReadonlyMap<string, Lookup<Id>>;
}

const directory: Directory = {
  usersByEmail: (emails) => ask<UserId>('users', emails),
  groupsByName: (names) => ask<GroupId>('groups', names),
};

/** @returns how it ended; whatever nobody expected ends the thread */
async function run(request: WorkerRequest): Promise<WorkerEvent> {
  try {
    if (request.kind === 'read') await read(request.order);
    else await remove(request.order);
    return { kind: 'done', problem: null };
  } catch (thrown) {
    const error = explainLedgerError(thrown);
    if (!(error instanceof Problem)) throw error;
    const isLost = error instanceof IngestLeaseLost;
    return { kind: 'done', problem: { ...toImportProblem(error), isLost } };
  }
}

async function read(order: IngestRequest): Promise<void> {
  const { importId, source, dataDir, maxBytes, pairLimits, concurrency, actor } = order;
  const stop = new Uint8Array(order.stop);
  const { fileName, fileDigest } = source;
  await using db = await openLedger(order.ledger);
  const lease = order.lease ?? (await waitForIngestLease(db, importId, stop));
  if (lease === undefined) return;
  await using _ = new LeaseRenewal(db, lease);
  if (order.again) await emptyImport(db, lease);
  const kept = findSource(fileDigest, { dataDir, fileName, maxBytes });
  if (kept === undefined) {
    throw new Problem(`${fileName} is no longer stored.`, 'Upload the file again.', {
      coded: { code: 'file_gone', params: { file: fileName } },
    });
  }
  await fillImport(db, lease, source, kept.open(), {
    ...{ concurrency, directory, pairLimits, actor },
    onProgress: (progress) => {
      throwIfStopped(stop);
      post({ kind: 'progress', progress });
    },
    onRead: (tx) => conclude(tx, order),
  });
}

/** A process that is killed has done all of it or nothing. */
async function conclude(
  tx: Db,
  { importId, replaces, start, actor }: IngestRequest,
): Promise<void> {
  if (replaces !== undefined && !(await replaceImport(tx, replaces, importId))) {
    throw importMovedOn(replaces);
  }
  if (start) await beginImport(tx, { id: importId, state: 'ready' }, actor);
}

async function remove({ ledger, stop }: PurgeRequest): Promise<void> {
  await using db = await openLedger(ledger);
  const stopByte = new Uint8Array(stop);
  await purgeRemoved(db, () => stopByte[0] !== 0);
}

/**
 * Takes the right to read as soon as whoever had it gives it back, or is dead.
 *
 * @returns undefined when there is nothing left to be read
 */
async function waitForIngestLease(
  db: Db,
  importId: number,
  stop: Uint8Array,
): Promise<IngestLease | undefined> {
  for (;;) {
    const lease = await acquireIngestLease(db, importId);
    if (lease !== undefined) return lease;
    if ((await findImport(db, importId))?.state !== 'reading') return undefined;
    throwIfStopped(stop);
    await sleep(POLL_MS);
  }
}

function throwIfStopped(stop: Uint8Array): void {
  if (stop[0] === 0) return;
  throw new Problem('Reading the file was interrupted.', 'Upload the file again.', {
    coded: { code: 'reading_broken_off', params: {} },
  });
}
