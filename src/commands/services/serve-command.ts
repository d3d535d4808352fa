import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { startWorker } from '../../../workers/invite-worker.ts';
import { type App, openApp } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import { requireWebhook } from '../../config/read-config.ts';
import { typed } from '../../platform/invocation.ts';
import { openServer, requireTokens } from '../../server/start-server.ts';
import { createLog } from '../../telemetry/log.ts';
import { listenForInterrupt } from '../run/interruption.ts';

/** Longest wait for requests in flight after a signal, in milliseconds. */
const DRAIN_MS = 20_000;

export interface ServeOptions {
  /** Send invitations from this process as well. @default true */
  worker?: boolean;
}

/** Serves the page and the API, and works on imports, until it is interrupted. */
export async function serve(
  config: Config,
  { worker: hasWorker = true }: ServeOptions,
  stdout: Writable,
): Promise<number> {
  const webhook = requireWebhook(config);
  requireTokens(config);
  const log = createLog(config);
  await using app = await openApp({ config, webhook, log, redis: 'own' });
  for (const warning of app.warnings) log.warn(warning);
  // Before the address is printed: its reader can end the process at once, and requests can be in
  // flight even earlier.
  using interrupt = listenForInterrupt(() => log.info('stopping'));
  const worker = hasWorker ? await app.startWorker(startWorker, app.reportError) : undefined;
  let drained: Promise<void> | undefined;
  const drain = (): Promise<void> | undefined => (drained ??= worker?.drain(DRAIN_MS));
  try {
    await using server = await openServer(app, config, log);
    stdout.write(`Bulk Invite for ${webhook.portal}: ${server.address}\n`);
    if (server.loginLink !== undefined) {
      stdout.write(
        `Log in with this link, which works once (for another one, type ${typed('login-link')}):\n  ${server.loginLink}\n`,
      );
    }
    try {
      await untilEnd(app, interrupt.signal);
    } finally {
      // No further request is sent, however long open connections and file readers take to end.
      drain()?.catch(() => {});
    }
    return 0;
  } finally {
    app.stopWaitingForRedis();
    await drain();
  }
}

/** @throws the error when a part is lost permanently */
async function untilEnd({ lost }: App, interrupted: AbortSignal): Promise<void> {
  const ended = AbortSignal.any([interrupted, lost]);
  if (!ended.aborted) await once(ended, 'abort');
  lost.throwIfAborted();
}
