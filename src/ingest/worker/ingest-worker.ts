/** Reads files into the ledger in a thread of its own: SQLite blocks the thread that uses it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type MessagePort, workerData } from 'node:worker_threads';
import { trustAuthorities } from '../../config/authorities.ts';
import { Problem } from '../../domain/errors/problem.ts';
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
import { problem, toProblem } from '../../messages/problems.ts';
import { fillImport } from '../ingest.ts';
import { findSource } from '../kept-source.ts';
import type {
  IngestFailure,
  IngestRequest,
  LookupResponse,
  PurgeRequest,
  ThreadSettings,
  WorkerEvent,
  WorkerRequest,
} from './protocol.ts';

/** How often it is checked whether the process that reads the file has ended, in milliseconds. */
const POLL_MS = 500;

const { authorities }: ThreadSettings = workerData;
trustAuthorities(authorities);

export default async function run({
  request,
  port,
}: {
  request: WorkerRequest;
  port: MessagePort;
}): Promise<IngestFailure | null> {
  const report = (event: WorkerEvent): void => port.postMessage(event);
  try {
    if (request.kind === 'ingest') await ingest(request, openDirectory(port, report), report);
    else await purge(request);
    return null;
  } catch (thrown) {
    const error = explainLedgerError(thrown);
    if (!(error instanceof Problem)) throw error;
    return { ...error.coded, isLost: error instanceof IngestLeaseLost };
  } finally {
    port.close();
  }
}

function openDirectory(port: MessagePort, report: (event: WorkerEvent) => void): Directory {
  const responses = new Map<number, (response: LookupResponse) => void>();
  let lookups = 0;
  port.on('message', (response: LookupResponse) => responses.get(response.id)?.(response));
  async function lookUp<Id>(
    what: 'users' | 'groups',
    names: readonly string[],
  ): Promise<ReadonlyMap<string, Lookup<Id>>> {
    const id = lookups++;
    const { promise, resolve } = Promise.withResolvers<LookupResponse>();
    responses.set(id, resolve);
    report({ kind: 'lookup', id, what, names });
    const response = await promise;
    responses.delete(id);
    if ('problem' in response) throw toProblem(response.problem);
    return response.found as ReadonlyMap<string, Lookup<Id>>;
  }
  return {
    usersByEmail: (emails) => lookUp<UserId>('users', emails),
    groupsByName: (names) => lookUp<GroupId>('groups', names),
  };
}

async function ingest(
  request: IngestRequest,
  directory: Directory,
  report: (event: WorkerEvent) => void,
): Promise<void> {
  const { importId, source, dataDir, maxBytes, pairLimits, concurrency, actor } = request;
  const stop = new Uint8Array(request.stop);
  const { fileName, fileDigest } = source;
  await using db = await openLedger(request.ledger);
  const lease = request.lease ?? (await waitForIngestLease(db, importId, stop));
  if (lease === undefined) return;
  await using _ = new LeaseRenewal(db, lease);
  if (request.again) await emptyImport(db, lease);
  const kept = findSource(fileDigest, { dataDir, fileName, maxBytes });
  if (kept === undefined) {
    throw problem('file_gone', { file: fileName });
  }
  await fillImport(db, lease, source, kept.content(source.format), {
    ...{ concurrency, directory, pairLimits, actor },
    onProgress: (progress) => {
      throwIfStopped(stop);
      report({ kind: 'progress', progress });
    },
    onRead: (tx) => conclude(tx, request),
  });
}

/** Belongs to the transaction that makes the import ready: a killed process has done all of it or nothing. */
async function conclude(
  tx: Db,
  { importId, replaces, start, actor }: IngestRequest,
): Promise<void> {
  if (replaces !== undefined && !(await replaceImport(tx, replaces, importId))) {
    throw problem('import_moved_on', { id: replaces });
  }
  if (start) await beginImport(tx, { id: importId, state: 'ready' }, actor);
}

async function purge({ ledger, stop }: PurgeRequest): Promise<void> {
  await using db = await openLedger(ledger);
  const stopByte = new Uint8Array(stop);
  await purgeRemoved(db, () => stopByte[0] !== 0);
}

/** @returns the lease when it is free; undefined when the file needs no more reading */
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
  throw problem('reading_broken_off', {});
}
