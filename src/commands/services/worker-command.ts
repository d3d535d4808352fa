import { once } from 'node:events';
import { startWorker } from '../../../workers/invite-worker.ts';
import { openApp } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import { requireWebhook } from '../../config/read-config.ts';
import { openWorkerServer } from '../../server/worker-server.ts';
import { createLog } from '../../telemetry/log.ts';
import { listenForInterrupt } from '../run/interruption.ts';

/** Longest wait for requests in flight after a signal, in milliseconds. */
const DRAIN_MS = 20_000;

/**
 * Works on the jobs of the queue until it is interrupted.
 *
 * @throws the error when a part is lost permanently
 */
export async function worker(config: Config): Promise<number> {
  const webhook = requireWebhook(config);
  const { concurrency } = config;
  const log = createLog(config);
  await using app = await openApp({ config, webhook, log, redis: 'join' });
  for (const warning of app.warnings) log.warn(warning);
  const { metricsPort: port } = config;
  await using server =
    port === undefined ? undefined : await openWorkerServer(app, config, port, log);
  using interrupt = listenForInterrupt(() => log.info('stopping'));
  const running = await app.startWorker(startWorker, app.reportError);
  log.info({ portal: webhook.portal, concurrency, metrics: server?.origin }, 'worker ready');
  const ended = AbortSignal.any([interrupt.signal, app.lost]);
  if (!ended.aborted) await once(ended, 'abort');
  app.stopWaitingForRedis();
  await running.drain(DRAIN_MS);
  app.lost.throwIfAborted();
  return 0;
}
