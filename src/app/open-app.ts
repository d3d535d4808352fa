import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { SYSTEM_CLOCK } from '../domain/time/clock.ts';
import type { QuietHours } from '../domain/time/quiet-hours.ts';
import { openReading } from '../invite/lookup/portal-reading.ts';
import type { PipelineContext } from '../invite/pipeline-context.ts';
import { SendPriority } from '../invite/send-priority.ts';
import { openLedger } from '../ledger/db/database.ts';
import { ledgerPlace } from '../ledger/db/find-ledger.ts';
import { type LedgerProbe, ledgerProbe } from '../ledger/db/health-probe.ts';
import { ledgerId } from '../ledger/db/identity.ts';
import type { Db } from '../ledger/db/schema.ts';
import { watchVersion } from '../ledger/db/watch-version.ts';
import { readHold, returnProbes } from '../ledger/delivery/holds.ts';
import { Notifier } from '../notify/notifier.ts';
import { HttpAgents } from '../platform/network/http-agents.ts';
import { VERSION } from '../platform/version.ts';
import { watchProfile } from '../portal/profile/watch-profile.ts';
import { InviteQueue } from '../queue/invite-queue.ts';
import { haveJoined, showJoined } from '../redis/embedded/joined-workers.ts';
import { redisDirectory } from '../redis/find-redis.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { startTracing } from '../telemetry/tracing.ts';
import { openPortal, type PortalAccess, type PortalOptions } from './open-portal.ts';

/** The program's parts, opened in order; disposing closes them in reverse. */
export interface App extends PortalAccess {
  readonly db: Db;
  readonly queue: InviteQueue;
  /** Whether the ledger can be written to now. */
  readonly isLedgerUsable: LedgerProbe;
  readonly metrics: Metrics;
  /** The times at which no invitation leaves; undefined: none. */
  readonly quietHours?: QuietHours | undefined;
  /** Starts a worker on the app's parts. */
  startWorker<Worker>(
    start: (parts: WorkerDependencies) => Promise<Worker>,
    reportError: (error: unknown) => void,
  ): Promise<Worker>;
}

/** The parts that a worker needs. */
export interface WorkerDependencies {
  context: PipelineContext;
  redis: Redis;
  queue: InviteQueue;
  /** Requests in flight at once. */
  concurrency: number;
  /** Receives unexpected errors. */
  reportError: (error: unknown) => void;
}

/**
 * Opens everything that inviting needs.
 *
 * @throws Problem when a part cannot be opened; those opened before are closed
 */
export async function openApp(options: PortalOptions): Promise<App> {
  const { config, log } = options;
  const metrics = new Metrics();
  await using stack = new AsyncDisposableStack();
  const tracing = stack.use(config.tracing && (await startTracing(config.tracing)));
  const portal = stack.use(await openPortal({ ...options, observer: metrics }));
  const { redis, redisCondition, client, lost, warnings, reportError } = portal;
  const { stopWaitingForRedis } = portal;
  const db = await openLedger(ledgerPlace(config));
  stack.defer(() => db.destroy());
  stack.use(startNotifier(config, db, log, reportError));
  const queue = new InviteQueue(redis, await ledgerId(db), tracing?.telemetry);
  stack.defer(() => queue.close());
  const isPrivate = config.redisUrl === undefined;
  const directory = redisDirectory(config.dataDir);
  if (isPrivate && options.redis === 'join') stack.defer(showJoined(directory));
  // A worker that joined an earlier process, which has ended since, may still be running.
  if (isPrivate && options.redis === 'own' && !haveJoined(directory)) {
    await queue.clear();
    await client.budget.forgetOpen();
    await returnProbes(db, client.webhook.portal);
  }
  const { maxAttempts, quietHours } = config;
  const clock = SYSTEM_CLOCK;
  const reading = openReading(client, clock);
  const context: PipelineContext = {
    ...{ db, client, reading, log, clock, random: Math.random, maxAttempts },
    quietHours,
    priority: new SendPriority(),
    observer: metrics,
  };
  const outdated = new AbortController();
  const isHeld = async () => (await readHold(db, client.webhook.portal)) !== undefined;
  stack.use(watchProfile(client.profile, isHeld, reportError));
  stack.use(watchVersion(db, (newer) => outdated.abort(newer)));
  stack.defer(stopWaitingForRedis);
  const opened = stack.move();
  return {
    db,
    client,
    quietHours,
    queue,
    metrics,
    redisCondition,
    reportError,
    stopWaitingForRedis,
    isLedgerUsable: ledgerProbe(db, ledgerPlace(config)),
    lost: AbortSignal.any([lost, outdated.signal]),
    warnings,
    startWorker: (start, reportError) => {
      const noting = (error: unknown): void => {
        redisCondition.note(error);
        reportError(error);
      };
      const { concurrency } = config;
      return start({ context, redis, queue, concurrency, reportError: noting });
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Delivers notices while the app is open; without NOTIFY_URL none are delivered. */
function startNotifier(
  config: Config,
  db: Db,
  log: Logger,
  reportError: (error: unknown) => void,
): Notifier | undefined {
  const { notifyUrl: url, notifySecret: secret } = config;
  if (url === undefined) return undefined;
  const agents = new HttpAgents(config.proxies);
  const receiver = { url, secret, userAgent: `bulk-invite/${VERSION}`, agents };
  const notifier = new Notifier(db, receiver, log, reportError);
  notifier.start();
  return notifier;
}
