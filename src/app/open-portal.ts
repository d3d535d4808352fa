import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { NO_OBSERVER, type Observer } from '../domain/observer.ts';
import { HttpAgents } from '../platform/network/http-agents.ts';
import { VERSION } from '../platform/version.ts';
import { Budget } from '../portal/budget/budget.ts';
import { PortalClient } from '../portal/http/client.ts';
import type { Webhook } from '../portal/http/webhook.ts';
import { connectRedis, disconnectRedis } from '../redis/connection.ts';
import { checkEviction } from '../redis/eviction.ts';
import { findRedis, type RedisMode, redisDirectory } from '../redis/find-redis.ts';
import { RedisCondition } from '../redis/redis-condition.ts';
import { showAddress } from '../redis/redis-errors.ts';
import { requireFit } from '../redis/requirements.ts';
import { createErrorReporter } from '../telemetry/error-reporter.ts';

/** Access to the portal within its budget; reading from the portal needs nothing else. */
export interface PortalAccess extends AsyncDisposable {
  readonly client: PortalClient;
  /** Warnings that a user should read before relying on the program. */
  readonly warnings: readonly string[];
  /** Receives background errors of a long-running process; shared by all parts, so that none is repeated. */
  readonly reportError: (error: unknown) => void;
  /** What is wrong with Redis now. */
  readonly redisCondition: RedisCondition;
  /** Aborted, with the reason, when a part is lost for good. */
  readonly lost: AbortSignal;
  /**
   * For a program that ends: from now on commands fail when Redis is unreachable or does not answer within two
   * seconds, so that nothing waits for ever. Disposing does it first.
   */
  stopWaitingForRedis(): void;
}

export interface PortalOptions {
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
  options: PortalOptions & { observer?: Observer },
): Promise<PortalAccess & { readonly redis: Redis }> {
  const { config, webhook, log, observer = NO_OBSERVER } = options;
  await using stack = new AsyncDisposableStack();
  const lost = new AbortController();
  const { address, changesHands } = stack.use(
    await findRedis({
      url: config.redisUrl,
      directory: redisDirectory(config.dataDir),
      mode: options.redis,
      onEnd: (problem) =>
        log.warn({ err: problem }, 'the private Redis ended and is being restarted'),
      onLost: (error) => lost.abort(error),
    }),
  );
  const logError = createErrorReporter(log);
  let condition: RedisCondition | undefined;
  const reportError = (error: unknown): void => {
    condition?.note(error);
    logError(error);
  };
  const ending = new AbortController();
  const redis = await connectRedis(address, {
    ...{ name: 'bulk-invite', ending: ending.signal, tries: changesHands ? 20 : 1 },
    onError: (problem) => {
      condition?.noteAway(problem);
      logError(problem);
    },
  });
  stack.defer(() => disconnectRedis(redis));
  const shown = showAddress(address);
  const redisCondition = new RedisCondition(redis, shown, ending.signal);
  condition = redisCondition;
  const warning = await checkEviction(redis);
  const budget = new Budget(redis, webhook.portal, config);
  stack.defer(() => budget.close());
  await requireFit(redis, shown, budget.channel);
  const { requestTimeoutMs: timeoutMs } = config;
  const agents = new HttpAgents(config.proxies);
  const client = new PortalClient({
    ...{ webhook, budget, timeoutMs, version: VERSION, observer, agents },
    reportError: reportError,
  });
  stack.defer(() => client.profile.close());
  const stopWaitingForRedis = () => ending.abort();
  stack.defer(stopWaitingForRedis);
  const opened = stack.move();
  return {
    client,
    redis,
    redisCondition,
    reportError,
    stopWaitingForRedis,
    lost: lost.signal,
    warnings: warning === undefined ? [] : [warning],
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
