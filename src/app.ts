import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type InviteWorker, startWorker } from '../workers/main.ts';
import type { Config } from './config.ts';
import { Problem } from './domain/problem.ts';
import type { Work } from './invite/work.ts';
import { openLedger } from './ledger/database.ts';
import { ledgerId } from './ledger/identity.ts';
import type { Db } from './ledger/schema.ts';
import { Budget } from './portal/budget/budget.ts';
import { PortalClient } from './portal/client.ts';
import type { Webhook } from './portal/webhook.ts';
import { checkEviction, connectRedis, type RedisAddress } from './queue/connection.ts';
import { InviteQueue } from './queue/invites.ts';
import { keepPrivateRedis } from './queue/kept-redis.ts';
import { findPrivateRedis } from './queue/private-redis.ts';
import { VERSION } from './version.ts';

/** The program's parts, opened in order; `close` undoes that in reverse. */
export interface App extends AsyncDisposable {
  readonly db: Db;
  readonly client: PortalClient;
  readonly queue: InviteQueue;
  /** What a person should know before relying on the program, in words. */
  readonly warnings: readonly string[];
  /** Aborted, with the reason, when a part is lost for good. */
  readonly lost: AbortSignal;
  startWorker(onSurprise: (error: unknown) => void): Promise<InviteWorker>;
}

export interface AppOptions {
  config: Config;
  webhook: Webhook;
  log: Logger;
  /** `own`: the private Redis is started and ended with the app; `join`: one that runs is used. */
  redis: 'own' | 'join';
}

/** Name of the ledger's file under `DATA_DIR`. */
export const ledgerPath = (config: Config): string => join(config.dataDir, 'ledger.db');

/**
 * Opens the ledger of a command that only looks.
 *
 * @throws Problem when there is none
 */
export async function openExistingLedger(config: Config): Promise<Db> {
  const path = ledgerPath(config);
  if (existsSync(path)) return openLedger(path);
  throw new Problem(
    `There is no ledger at ${path}.`,
    'Import a file first (bulk-invite run FILE.csv), or set DATA_DIR to where you did.',
  );
}

/**
 * Opens everything that inviting needs.
 *
 * @throws Problem when a part cannot be opened; those opened before are closed
 */
export async function openApp({ config, webhook, log, redis: mode }: AppOptions): Promise<App> {
  await using stack = new AsyncDisposableStack();
  const lost = new AbortController();
  const address = await redisAddress(config, mode, log, lost, stack);
  const redis = await connectRedis(address, {
    name: 'bulk-invite',
    onError: (problem) => log.warn({ err: problem }, 'redis'),
  });
  stack.defer(() => quit(redis));
  const warning = await checkEviction(redis);
  const db = await openLedger(ledgerPath(config));
  stack.defer(() => db.destroy());
  const queue = new InviteQueue(redis, await ledgerId(db));
  stack.defer(() => queue.close());
  const budget = new Budget(redis, webhook.portal, config);
  stack.defer(() => budget.close());
  if (address.kind === 'socket' && mode === 'own') {
    await queue.clear();
    await budget.forgetOpen();
  }
  const client = new PortalClient({
    webhook,
    budget,
    timeoutMs: config.requestTimeoutMs,
    version: VERSION,
  });
  const work: Work = { db, client, log, maxAttempts: config.maxAttempts };
  const opened = stack.move();
  return {
    db,
    client,
    queue,
    lost: lost.signal,
    warnings: warning === undefined ? [] : [warning],
    startWorker: (onSurprise) =>
      startWorker({ work, redis, queue, concurrency: config.concurrency, onSurprise }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function redisAddress(
  config: Config,
  mode: 'own' | 'join',
  log: Logger,
  lost: AbortController,
  stack: AsyncDisposableStack,
): Promise<RedisAddress> {
  if (config.redisUrl !== undefined) return { kind: 'url', url: config.redisUrl };
  const directory = join(config.dataDir, 'redis');
  if (mode === 'join') {
    const path = await findPrivateRedis(directory);
    if (path !== undefined) return { kind: 'socket', path };
    throw new Problem(
      'No Redis to work for: nothing is running on this DATA_DIR.',
      'Start `bulk-invite serve` or `run` first, or set REDIS_URL for all of them.',
    );
  }
  const server = await keepPrivateRedis(
    directory,
    (problem) => log.warn({ err: problem }, 'the private Redis ended and is started again'),
    (error) => lost.abort(error),
  );
  stack.defer(() => server.close());
  return { kind: 'socket', path: server.socketPath };
}

async function quit(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit();
  else redis.disconnect();
}
