import { pino } from 'pino';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { openReading } from '../../src/invite/lookup/portal-reading.ts';
import { SendPriority } from '../../src/invite/send-priority.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import { ledgerId } from '../../src/ledger/db/identity.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import type { PostgresLimits } from '../../src/ledger/postgres/postgres-pool.ts';
import { Budget } from '../../src/portal/budget/budget.ts';
import { PortalClient } from '../../src/portal/http/client.ts';
import { Webhook } from '../../src/portal/http/webhook.ts';
import { InviteQueue } from '../../src/queue/invite-queue.ts';
import { connectRedis, type RedisAddress } from '../../src/redis/connection.ts';
import { startWorker } from '../../workers/invite-worker.ts';

export interface WorkerHost {
  redis: RedisAddress;
  /** Argument of `openLedger`. */
  ledger: string;
  webhookUrl: string;
  /** Longest wait for an answer of the portal, in milliseconds. */
  timeoutMs: number;
  /** Time until the job of a silent worker is released, in milliseconds. */
  lockMs: number;
  limits?: PostgresLimits;
}

/** A worker with its own connections, as in a separate process. */
export interface TestWorker extends AsyncDisposable {
  readonly db: Db;
  /** Messages of unexpected errors and of logged warnings and errors. */
  readonly reported: readonly string[];
}

const REQUESTS = 2;

export async function startTestWorker(host: WorkerHost): Promise<TestWorker> {
  const { lockMs, timeoutMs } = host;
  await using stack = new AsyncDisposableStack();
  const reported: string[] = [];
  const db = await openLedger(host.ledger, { limits: host.limits });
  stack.defer(() => db.destroy());
  const redis = await connectRedis(host.redis);
  stack.defer(() => redis.disconnect());
  const webhook = Webhook.parse(host.webhookUrl);
  if (!(webhook instanceof Webhook)) throw new Error(`The webhook ${webhook}.`);
  const budget = new Budget(redis, webhook.portal, {
    ...{ requestsPerSecond: 500, burst: 500, operatingLimitSeconds: 480 },
    ...{ operatingWindowSeconds: 600, concurrency: REQUESTS },
  });
  stack.defer(() => budget.close());
  const client = new PortalClient({ webhook, budget, timeoutMs, version: '0.0.0' });
  const queue = new InviteQueue(redis, await ledgerId(db));
  stack.defer(() => queue.close());
  const write = (line: string) => {
    const { msg, err } = JSON.parse(line);
    reported.push(err === undefined ? msg : `${msg}: ${err.message}`);
  };
  const log = pino({ level: 'warn' }, { write });
  const clock = SYSTEM_CLOCK;
  const reading = openReading(client, clock);
  const worker = await startWorker({
    ...{
      context: {
        db,
        client,
        reading,
        log,
        clock,
        random: Math.random,
        maxAttempts: 20,
        priority: new SendPriority(),
      },
    },
    ...{ redis, queue, concurrency: REQUESTS },
    ...{ lockMs, stalledIntervalMs: lockMs / 2 },
    reportError: (error) => reported.push(error instanceof Error ? error.message : String(error)),
  });
  stack.defer(() => worker.drain(0));
  const opened = stack.move();
  return { db, reported, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
