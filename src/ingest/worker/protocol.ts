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

/** What a reading thread says while it is at work. */
export type WorkerProgress =
  | { kind: 'progress'; progress: IngestProgress }
  /** Names whose meaning only the portal knows, which the server asks. */
  | { kind: 'ask'; id: number; what: 'users' | 'groups'; names: readonly string[] };

/** What a reading thread says; at the end why it could not do what it was ordered to, or null. */
export type WorkerEvent = WorkerProgress | { kind: 'done'; problem: IngestFailure | null };

/** An answer to what a reading thread asked. */
export type LookupResponse = { kind: 'answer'; id: number } & (
  | { found: ReadonlyMap<string, Lookup<UserId> | Lookup<GroupId>> }
  | { problem: ImportProblem }
);

/** To take away what removed imports have left. */
export type PurgeRequest = Pick<IngestRequest, 'ledger' | 'stop'>;

/** What a reading thread can do. */
export type WorkerRequest =
  | { kind: 'read'; order: IngestRequest }
  | { kind: 'remove'; order: PurgeRequest };

/** What a reading thread hears: one order at a time, and what it asked for meanwhile. */
export type WorkerMessage = WorkerRequest | LookupResponse;
