import type { Lookup } from '../../domain/pairs/directory.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { PairLimits } from '../../domain/pairs/pair-limits.ts';
import type { CodedText } from '../../domain/text/coded-text.ts';
import type { IngestLease } from '../../ledger/imports/ingest-lease.ts';
import type { IngestSource } from '../ingest.ts';
import type { IngestProgress } from '../store-rows.ts';

/** What each thread gets when it starts. */
export interface ThreadSettings {
  /** Certificates of additional authorities, in PEM: Node.js keeps those it trusts for each thread. */
  readonly authorities: readonly string[];
}

/** A request to read a file into its import. */
export interface IngestRequest {
  /** Path of the ledger's file. */
  ledger: string;
  importId: number;
  /** Undefined: acquired when it is free. */
  lease: IngestLease | undefined;
  source: IngestSource;
  dataDir: string;
  maxBytes: number;
  pairLimits: PairLimits;
  concurrency: number;
  /** Who uploaded the file. */
  actor: string;
  /** Rows of an earlier attempt are deleted first. */
  again: boolean;
  /** Start the import when it is read. */
  start: boolean;
  /** An import that this one replaces when it is read. */
  replaces: number | undefined;
  /** One byte; anything but 0 stops the thread. */
  stop: SharedArrayBuffer;
}

/** Why a file was not read. */
export interface IngestFailure extends CodedText {
  /** Another process holds the lease of the import now. */
  isLost?: boolean;
  /** The ingest was stopped: the import is cancelled, or its file is read again with other options. */
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
  | { problem: CodedText }
);

/** A request to delete what removed imports have left. */
export type PurgeRequest = Pick<IngestRequest, 'ledger' | 'stop'>;

/** What a thread can do. */
export type WorkerRequest =
  | ({ kind: 'ingest' } & IngestRequest)
  | ({ kind: 'purge' } & PurgeRequest);
