import type { Logger } from 'pino';
import type { Observer } from '../domain/observer.ts';
import { backoffMs } from '../domain/time/backoff.ts';
import type { Clock } from '../domain/time/clock.ts';
import type { QuietHours } from '../domain/time/quiet-hours.ts';
import type { Db } from '../ledger/db/schema.ts';
import type { ChunkRange } from '../ledger/delivery/chunks.ts';
import type { GroupWaits } from '../ledger/delivery/group-waits.ts';
import type { PortalClient } from '../portal/http/client.ts';
import type { PortalReading } from './lookup/portal-reading.ts';
import type { SendPriority } from './send-priority.ts';

/** Dependencies of the pipeline's steps. */
export interface PipelineContext {
  readonly db: Db;
  readonly client: PortalClient;
  readonly reading: PortalReading;
  readonly log: Logger;
  readonly clock: Clock;
  /** Random source, in [0, 1). */
  readonly random: () => number;
  /** Number of attempts after which a pair fails. */
  readonly maxAttempts: number;
  /** The times at which no invitation leaves. @default none */
  readonly quietHours?: QuietHours | undefined;
  readonly priority: SendPriority;
  /** Receives what the work costs. @default none */
  readonly observer?: Observer;
}

/** A chunk and its owner. */
export interface OwnedChunk {
  readonly range: ChunkRange;
  readonly owner: string;
  /** Id of the probe of a held portal; undefined: this chunk is not the probe. */
  readonly probe?: number | undefined;
  /** The groups that failed before this turn. @default none */
  readonly waits?: GroupWaits | undefined;
}

/** How a process ends its work: first gracefully, then by force. */
export interface ShutdownSignals {
  /** No further invitation is sent, and no read begins. */
  readonly stop: AbortSignal;
  /** The request in flight is aborted; its pairs are confirmed at the next start. */
  readonly abort: AbortSignal;
}

/** Why work on a chunk stops for now. */
export type TurnEnd =
  /** The chunk has to wait, `afterMs` in milliseconds; nothing is lost meanwhile. */
  | { kind: 'later'; afterMs: number; why: string }
  /** The import does not run any more, is for another portal, or the chunk has another owner. */
  | { kind: 'dropped'; why: 'not_running' | 'other_portal' | 'owner_lost' }
  /** The portal is held, for all workers. */
  | { kind: 'held'; code: string }
  /** Other chunks get a turn first. */
  | { kind: 'yielded' }
  /** The process is shutting down. */
  | { kind: 'interrupted' };

/** Result of a step of the pipeline: its value, or why work on the chunk stops for now. */
export type StepResult<T = undefined> = T | TurnEnd;

/** The end of a chunk's turn. */
export type ChunkResult = StepResult<{ kind: 'settled' }>;

/** @returns the pause after that number of failures, in milliseconds */
export const pauseAfter = ({ random }: Pick<PipelineContext, 'random'>, failures: number): number =>
  backoffMs(failures, {}, random);

/** What a turn waits for; reads continue meanwhile. */
export const QUIET = 'quiet_hours';

/**
 * A request leaves within a limited time after its mark, so that none of that time may be quiet.
 *
 * @returns how long invitations have to wait; undefined when one may be marked now
 */
export function waitForQuietHours({
  client,
  clock,
  quietHours,
}: Pick<PipelineContext, 'client' | 'clock' | 'quietHours'>): TurnEnd | undefined {
  if (quietHours === undefined) return undefined;
  const now = clock.now();
  const afterMs = quietHours.allowedFrom(now, client.leaveWithinMs) - now;
  return afterMs > 0 ? { kind: 'later', afterMs, why: QUIET } : undefined;
}
