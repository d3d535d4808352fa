import type { Logger } from 'pino';
import type { Observer } from '../domain/errors/observer.ts';
import { backoffMs } from '../domain/time/backoff.ts';
import type { Clock } from '../domain/time/clock.ts';
import type { Db } from '../ledger/db/schema.ts';
import type { ChunkRange } from '../ledger/delivery/chunks.ts';
import type { GroupWaits } from '../ledger/delivery/group-waits.ts';
import type { PortalClient } from '../portal/http/client.ts';
import type { PortalReading } from './lookup/portal-reading.ts';

/** What the steps of the pipeline work with. */
export interface PipelineContext {
  readonly db: Db;
  readonly client: PortalClient;
  readonly reading: PortalReading;
  readonly log: Logger;
  readonly clock: Clock;
  /** Source of chance, in [0, 1). */
  readonly random: () => number;
  /** After how many attempts a pair is given up. */
  readonly maxAttempts: number;
  /** Told what the work costs. @default nobody */
  readonly observer?: Observer;
}

/** A chunk in the hands of its owner. */
export interface OwnedChunk {
  readonly range: ChunkRange;
  readonly owner: string;
  /** Undefined: it is not the one that tries whether a held portal works again. */
  readonly probe?: number | undefined;
  /** Which of its groups failed before this turn. @default none */
  readonly waits?: GroupWaits | undefined;
}

/** How a process ends its work: first by asking, then by force. */
export interface ShutdownSignals {
  /** No further invitation leaves, and no reading begins. */
  readonly stop: AbortSignal;
  /** The request in flight is given up; its pairs are confirmed at the next start. */
  readonly abort: AbortSignal;
}

/** Why work on a chunk stops for now. */
export type TurnEnd =
  /** Something has to pass first, for so many milliseconds; nothing is lost meanwhile. */
  | { kind: 'later'; afterMs: number; why: string }
  /** The import no longer wants it, is for another portal, or somebody else has it. */
  | { kind: 'dropped'; why: 'not_running' | 'other_portal' | 'owner_lost' }
  /** The portal is held, for everybody. */
  | { kind: 'held'; code: string }
  /** Others may have a turn first. */
  | { kind: 'yielded' }
  /** The process is about to end. */
  | { kind: 'interrupted' };

/** What a step of the pipeline comes to: what it is for, or why work on the chunk stops for now. */
export type StepResult<T = undefined> = T | TurnEnd;

/** The end of a chunk's turn. */
export type ChunkResult = StepResult<{ kind: 'settled' }>;

/** @returns the pause after so many failures, in milliseconds */
export const pauseAfter = ({ random }: Pick<PipelineContext, 'random'>, failures: number): number =>
  backoffMs(failures, {}, random);
