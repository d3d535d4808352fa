import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { startWorker } from '../../../workers/invite-worker.ts';
import { type App, openApp } from '../../app/open-app.ts';
import { type Config, requireWebhook } from '../../config/config.ts';
import { typed } from '../../platform/invocation.ts';
import { openServer, requireTokens } from '../../server/start-server.ts';
import { createLog } from '../../telemetry/log.ts';
import { listenForInterrupt } from '../run/interruption.ts';

/** How long requests in flight may take after a signal, in milliseconds. */
const DRAIN_MS = 20_000;

export interface ServeOptions {
  /** Invite in this process as well. @default true */
  worker?: boolean;
}

/** Serves the page and the API, and works on imports, until it is interrupted. */
export async function serve(
  config: Config,
  { worker: wantsWorker = true }: ServeOptions,
  stdout: Writable,
): Promise<number> {
  const webhook = requireWebhook(config);
  requireTokens(config);
  const log = createLog(config);
  await using app = await openApp({ config, webhook, log, redis: 'own' });
  for (const warning of app.warnings) log.warn(warning);
  // Whoever reads where the server is may end it at once, and requests may be in flight before.
  using interrupt = listenForInterrupt(() => log.info('stopping'));
  const worker = wantsWorker ? await app.startWorker(startWorker, app.reportError) : undefined;
  let drained: Promise<void> | undefined;
  const drain = (): Promise<void> | undefined => (drained ??= worker?.drain(DRAIN_MS));
  try {
    await using server = await openServer(app, config, log);
    stdout.write(`Bulk Invite for ${webhook.portal}: ${server.origin}\n`);
    if (server.loginLink !== undefined) {
      stdout.write(
        `Log in with this link, which works once (for another one, type ${typed('login-link')}):\n  ${server.loginLink}\n`,
      );
    }
    try {
      await untilEnd(app, interrupt.signal);
    } finally {
      // Nothing more leaves, however long the page's visitors and the readers of files take to end.
      drain()?.catch(() => {});
    }
    return 0;
  } finally {
    app.stopWaitingForRedis();
    await drain();
  }
}

/** @throws what was lost for good */
async function untilEnd({ lost }: App, interrupted: AbortSignal): Promise<void> {
  const ended = AbortSignal.any([interrupted, lost]);
  if (!ended.aborted) await once(ended, 'abort');
  lost.throwIfAborted();
}
