import { type InviteWorker, startWorker } from '../../../workers/invite-worker.ts';
import type { App } from '../../app/open-app.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { explainLedgerError } from '../../ledger/db/database.ts';
import { LedgerUnreachable } from '../../ledger/db/ledger-unreachable.ts';
import { explainRefusal, isRedisAway } from '../../redis/redis-refusal.ts';

/** Longest wait for requests in flight after Ctrl-C, in milliseconds. */
const DRAIN_MS = 20_000;
/** Number of unexpected errors without progress after which the command ends. */
const UNEXPECTED_ERRORS = 20;

/** A worker in the process of a command. */
export interface OwnWorker extends AsyncDisposable {
  /** Aborted, with the error, when the worker cannot go on. */
  readonly broken: AbortSignal;
  /** Call when something was done: errors are counted from now on. */
  noteProgress(): void;
}

/** Starts a worker; disposing waits for its requests in flight. */
export async function startOwnWorker(app: App): Promise<OwnWorker> {
  const broken = new AbortController();
  let errors = 0;
  const worker: InviteWorker = await app.startWorker(startWorker, (error) => {
    // The worker waits for Redis, and `app.redisCondition` reports the problem.
    if (explainRefusal(error) !== undefined || isRedisAway(error)) return;
    const explained = explainLedgerError(error);
    // The job is retried automatically; who watches the ledger reports one that stays unreachable.
    if (explained instanceof LedgerUnreachable) return;
    if (explained instanceof Problem || ++errors >= UNEXPECTED_ERRORS) broken.abort(explained);
  });
  return {
    broken: broken.signal,
    noteProgress() {
      errors = 0;
    },
    async [Symbol.asyncDispose]() {
      app.stopWaitingForRedis();
      await worker.drain(DRAIN_MS);
    },
  };
}
