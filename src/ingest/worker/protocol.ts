import type { ImportProblem } from '../../domain/imports/import.ts';
import type { Lookup } from '../../domain/pairs/directory.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { PairLimits } from '../../domain/pairs/pair-limits.ts';
import type { IngestLease } from '../../ledger/imports/ingest-lease.ts';
import type { IngestSource } from '../ingest.ts';
import type { IngestProgress } from '../store-rows.ts';

/** What a reading thread is to do. */
export interface IngestRequest {
  /** Path of the ledger's file. */
  ledger: string;
  importId: number;
  /** Undefined: taken when nobody else has it. */
  lease: IngestLease | undefined;
  source: IngestSource;
  dataDir: string;
  maxBytes: number;
  pairLimits: PairLimits;
  concurrency: number;
  /** Who handed the file in. */
  actor: string;
  /** Something of it was read before, and goes first. */
  again: boolean;
  /** Start the import as soon as it is read. */
  start: boolean;
  /** An import that goes when this one is read. */
  replaces: number | undefined;
  /** One byte; anything but 0 asks the thread to break off. */
  stop: SharedArrayBuffer;
}

/** Why a file was not read. */
export interface IngestFailure extends ImportProblem {
  /** Another process reads it now, and the import is in its hands. */
  isLost?: boolean;
  /** A person cancels the import, or has its file read in another way; its reading was broken off. */
  isCancelled?: boolean;
}

/** What a thread reports while it works. */
export type WorkerEvent =
  | { kind: 'progress'; progress: IngestProgress }
  /** Names that the server looks up on the portal. */
  | { kind: 'lookup'; id: number; what: 'users' | 'groups'; names: readonly string[] };

/** The response to a lookup. */
export type LookupResponse = { id: number } & (
  | { found: ReadonlyMap<string, Lookup<UserId> | Lookup<GroupId>> }
  | { problem: ImportProblem }
);

/** A request to delete what removed imports have left. */
export type PurgeRequest = Pick<IngestRequest, 'ledger' | 'stop'>;

/** What a thread can do. */
export type WorkerRequest =
  | ({ kind: 'ingest' } & IngestRequest)
  | ({ kind: 'purge' } & PurgeRequest);
