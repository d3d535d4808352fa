import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type InviteWorker, startWorker } from '../workers/main.ts';
import type { Config } from './config.ts';
import { NO_OBSERVER, type Observer } from './domain/observer.ts';
import { RightOfWay } from './invite/right-of-way.ts';
import type { Work } from './invite/work.ts';
import { openLedger } from './ledger/database.ts';
import { ledgerPlace } from './ledger/find-ledger.ts';
import { ledgerId } from './ledger/identity.ts';
import type { Db } from './ledger/schema.ts';
import { type LedgerProbe, ledgerProbe } from './ledger/usable.ts';
import { watchVersion } from './ledger/watch-version.ts';
import { Metrics } from './metrics.ts';
import { Notifier } from './notify/notifier.ts';
import { Budget } from './portal/budget/budget.ts';
import { PortalClient } from './portal/client.ts';
import type { Webhook } from './portal/webhook.ts';
import { checkEviction, connectRedis, disconnectRedis } from './queue/connection.ts';
import { findRedis, type RedisMode } from './queue/find-redis.ts';
import { InviteQueue } from './queue/invites.ts';
import { surpriseTeller } from './surprise.ts';
import { startTracing } from './tracing.ts';
import { VERSION } from './version.ts';

/** The portal, reached within its budget; that is all that reading it needs. */
export interface PortalAccess extends AsyncDisposable {
  readonly client: PortalClient;
  /** What a person should know before relying on the program, in words. */
  readonly warnings: readonly string[];
  /** Told of what befalls a process that goes on by itself; one for all its parts, lest all say it. */
  readonly onSurprise: (error: unknown) => void;
  /** Aborted, with the reason, when a part is lost for good. */
  readonly lost: AbortSignal;
  /**
   * For a program that ends: what was asked of a Redis that is away fails from now on, lest anybody
   * wait for it for ever. Disposing does it first.
   */
  stopWaitingForRedis(): void;
}

/** The program's parts, opened in order; disposing undoes that in reverse. */
export interface App extends PortalAccess {
  readonly db: Db;
  readonly queue: InviteQueue;
  /** Whether the ledger could record something now. */
  readonly isLedgerUsable: LedgerProbe;
  /** What this process has sent, and how it went. */
  readonly metrics: Metrics;
  startWorker(onSurprise: (error: unknown) => void): Promise<InviteWorker>;
}

export interface AppOptions {
  config: Config;
  webhook: Webhook;
  log: Logger;
  redis: RedisMode;
}

/**
 * Opens what reading the portal needs.
 *
 * @throws Problem when a part cannot be opened; those opened before are closed
 */
export async function openPortal(
  options: AppOptions & { observer?: Observer },
): Promise<PortalAccess & { readonly redis: Redis }> {
  const { config, webhook, log, observer = NO_OBSERVER } = options;
  await using stack = new AsyncDisposableStack();
  const lost = new AbortController();
  const { address, changesHands } = stack.use(
    await findRedis({
      url: config.redisUrl,
      directory: join(config.dataDir, 'redis'),
      mode: options.redis,
      onEnd: (problem) =>
        log.warn({ err: problem }, 'the private Redis ended and is started again'),
      onLost: (error) => lost.abort(error),
    }),
  );
  const onSurprise = surpriseTeller(log);
  const ending = new AbortController();
  const redis = await connectRedis(address, {
    ...{ name: 'bulk-invite', onError: onSurprise, ending: ending.signal },
    tries: changesHands ? 20 : 1,
  });
  stack.defer(() => disconnectRedis(redis));
  const warning = await checkEviction(redis);
  const budget = new Budget(redis, webhook.portal, config);
  stack.defer(() => budget.close());
  const { requestTimeoutMs: timeoutMs } = config;
  const client = new PortalClient({ webhook, budget, timeoutMs, version: VERSION, observer });
  const stopWaitingForRedis = () => ending.abort();
  stack.defer(stopWaitingForRedis);
  const opened = stack.move();
  return {
    client,
    redis,
    onSurprise,
    stopWaitingForRedis,
    lost: lost.signal,
    warnings: warning === undefined ? [] : [warning],
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/**
 * Opens everything that inviting needs.
 *
 * @throws Problem when a part cannot be opened; those opened before are closed
 */
export async function openApp(options: AppOptions): Promise<App> {
  const { config, log } = options;
  const metrics = new Metrics();
  await using stack = new AsyncDisposableStack();
  const tracing = stack.use(config.tracing && (await startTracing(config.tracing)));
  const portal = stack.use(await openPortal({ ...options, observer: metrics }));
  const { redis, client, lost, warnings, onSurprise, stopWaitingForRedis } = portal;
  const db = await openLedger(ledgerPlace(config));
  stack.defer(() => db.destroy());
  stack.use(startNotifier(config, db, log, onSurprise));
  const queue = new InviteQueue(redis, await ledgerId(db), tracing?.telemetry);
  stack.defer(() => queue.close());
  if (config.redisUrl === undefined && options.redis === 'own') {
    await queue.clear();
    await client.budget.forgetOpen();
  }
  const { maxAttempts } = config;
  const rightOfWay = new RightOfWay();
  const work: Work = { db, client, log, maxAttempts, rightOfWay, observer: metrics };
  const outdated = new AbortController();
  stack.use(watchVersion(db, (newer) => outdated.abort(newer)));
  stack.defer(stopWaitingForRedis);
  const opened = stack.move();
  return {
    db,
    client,
    queue,
    metrics,
    onSurprise,
    stopWaitingForRedis,
    isLedgerUsable: ledgerProbe(db, ledgerPlace(config)),
    lost: AbortSignal.any([lost, outdated.signal]),
    warnings,
    startWorker: (onSurprise) =>
      startWorker({ work, redis, queue, concurrency: config.concurrency, onSurprise }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Tells the news, for as long as the app is open; where nobody wants them they stay untold. */
function startNotifier(
  config: Config,
  db: Db,
  log: Logger,
  onSurprise: (error: unknown) => void,
): Notifier | undefined {
  const { notifyUrl: url, notifySecret: secret } = config;
  if (url === undefined) return undefined;
  const receiver = { url, secret, userAgent: `bulk-invite/${VERSION}` };
  const notifier = new Notifier(db, receiver, log, onSurprise);
  notifier.start();
  return notifier;
}
