import type { Logger } from 'pino';
import { type InviteWorker, startWorker } from '../workers/main.ts';
import type { Config } from './config.ts';
import { SYSTEM_CLOCK } from './domain/clock.ts';
import { openReading } from './invite/portal-reading.ts';
import type { Work } from './invite/work.ts';
import { openLedger } from './ledger/database.ts';
import { ledgerPlace } from './ledger/find-ledger.ts';
import { returnProbes } from './ledger/holds.ts';
import { ledgerId } from './ledger/identity.ts';
import type { Db } from './ledger/schema.ts';
import { type LedgerProbe, ledgerProbe } from './ledger/usable.ts';
import { watchVersion } from './ledger/watch-version.ts';
import { Metrics } from './metrics.ts';
import { Notifier } from './notify/notifier.ts';
import { openPortal, type PortalAccess, type PortalOptions } from './portal-access.ts';
import { redisDirectory } from './queue/find-redis.ts';
import { InviteQueue } from './queue/invites.ts';
import { haveJoined, showJoined } from './queue/joined-workers.ts';
import { startTracing } from './tracing.ts';
import { VERSION } from './version.ts';

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
  const { redis, redisCondition, client, lost, warnings, onSurprise } = portal;
  const { stopWaitingForRedis } = portal;
  const db = await openLedger(ledgerPlace(config));
  stack.defer(() => db.destroy());
  stack.use(startNotifier(config, db, log, onSurprise));
  const queue = new InviteQueue(redis, await ledgerId(db), tracing?.telemetry);
  stack.defer(() => queue.close());
  const isPrivate = config.redisUrl === undefined;
  const directory = redisDirectory(config.dataDir);
  if (isPrivate && options.redis === 'join') stack.defer(showJoined(directory));
  // A worker that joined a process which has ended since may still be at work.
  if (isPrivate && options.redis === 'own' && !haveJoined(directory)) {
    await queue.clear();
    await client.budget.forgetOpen();
    await returnProbes(db, client.webhook.portal);
  }
  const { maxAttempts } = config;
  const clock = SYSTEM_CLOCK;
  const reading = openReading(client, clock);
  const work: Work = {
    ...{ db, client, reading, log, clock, random: Math.random, maxAttempts },
    observer: metrics,
  };
  const outdated = new AbortController();
  stack.use(watchVersion(db, (newer) => outdated.abort(newer)));
  stack.defer(stopWaitingForRedis);
  const opened = stack.move();
  return {
    db,
    client,
    queue,
    metrics,
    redisCondition,
    onSurprise,
    stopWaitingForRedis,
    isLedgerUsable: ledgerProbe(db, ledgerPlace(config)),
    lost: AbortSignal.any([lost, outdated.signal]),
    warnings,
    startWorker: (onSurprise) => {
      const noting = (error: unknown): void => {
        redisCondition.note(error);
        onSurprise(error);
      };
      const { concurrency } = config;
      return startWorker({ work, redis, queue, concurrency, onSurprise: noting });
    },
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
