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
import { Reading, type ReadingRight, takeReading } from '../../ledger/imports/ingest-lease.ts';
import { purgeRemoved } from '../../ledger/imports/purge-imports.ts';
import { ReadingLost } from '../../ledger/imports/reading-lost.ts';
import { emptyImport } from '../../ledger/imports/remove-import.ts';
import { importMovedOn } from '../import-moved-on.ts';
import { fillImport } from '../ingest.ts';
import { findSource } from '../kept-source.ts';
import type {
  FromReader,
  ReaderAnswer,
  ReaderOrder,
  ReadingOrder,
  RemovalOrder,
  ToReader,
} from './protocol.ts';

/** How often a file that another process reads is looked at, in milliseconds. */
const LOOK_MS = 500;

const port = parentPort;
if (port === null) throw new Error('This is the main module of a thread.');
const tell = (message: FromReader): void => port.postMessage(message);

const answers = new Map<number, (answer: ReaderAnswer) => void>();
let questions = 0;

port.on('message', (message: ToReader) => {
  if (message.kind === 'answer') answers.get(message.id)?.(message);
  else void obey(message).then(tell);
});

async function ask<Id>(
  what: 'users' | 'groups',
  names: readonly string[],
): Promise<ReadonlyMap<string, Lookup<Id>>> {
  const id = questions++;
  const { promise, resolve } = Promise.withResolvers<ReaderAnswer>();
  answers.set(id, resolve);
  tell({ kind: 'ask', id, what, names });
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
async function obey(told: ReaderOrder): Promise<FromReader> {
  try {
    if (told.kind === 'read') await read(told.order);
    else await remove(told.order);
    return { kind: 'done', problem: null };
  } catch (thrown) {
    const error = explainLedgerError(thrown);
    if (!(error instanceof Problem)) throw error;
    const isLost = error instanceof ReadingLost;
    return { kind: 'done', problem: { ...toImportProblem(error), isLost } };
  }
}

async function read(order: ReadingOrder): Promise<void> {
  const { importId, source, dataDir, maxBytes, pairLimits, concurrency, actor } = order;
  const stop = new Uint8Array(order.stop);
  const { fileName, fileDigest } = source;
  await using db = await openLedger(order.ledger);
  const right = order.right ?? (await takePatiently(db, importId, stop));
  if (right === undefined) return;
  await using _ = new Reading(db, right);
  if (order.again) await emptyImport(db, right);
  const kept = findSource(fileDigest, { dataDir, fileName, maxBytes });
  if (kept === undefined) {
    throw new Problem(`${fileName} is not kept any more.`, 'Hand the file in again.', {
      coded: { code: 'file_gone', params: { file: fileName } },
    });
  }
  await fillImport(db, right, source, kept.open(), {
    ...{ concurrency, directory, pairLimits, actor },
    onProgress: (progress) => {
      throwIfStopped(stop);
      tell({ kind: 'progress', progress });
    },
    onRead: (tx) => conclude(tx, order),
  });
}

/** A process that is killed has done all of it or nothing. */
async function conclude(tx: Db, { importId, replaces, start, actor }: ReadingOrder): Promise<void> {
  if (replaces !== undefined && !(await replaceImport(tx, replaces, importId))) {
    throw importMovedOn(replaces);
  }
  if (start) await beginImport(tx, { id: importId, state: 'ready' }, actor);
}

async function remove({ ledger, stop }: RemovalOrder): Promise<void> {
  await using db = await openLedger(ledger);
  const stopByte = new Uint8Array(stop);
  await purgeRemoved(db, () => stopByte[0] !== 0);
}

/**
 * Takes the right to read as soon as whoever had it gives it back, or is dead.
 *
 * @returns undefined when there is nothing left to be read
 */
async function takePatiently(
  db: Db,
  importId: number,
  stop: Uint8Array,
): Promise<ReadingRight | undefined> {
  for (;;) {
    const right = await takeReading(db, importId);
    if (right !== undefined) return right;
    if ((await findImport(db, importId))?.state !== 'reading') return undefined;
    throwIfStopped(stop);
    await sleep(LOOK_MS);
  }
}

function throwIfStopped(stop: Uint8Array): void {
  if (stop[0] === 0) return;
  throw new Problem('The reading was broken off.', 'Hand the file in again.', {
    coded: { code: 'reading_broken_off', params: {} },
  });
}
