import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { App } from '../app/open-app.ts';
import type { Config } from '../config/config.ts';
import { IngestWorkers } from '../ingest/worker/ingest-workers.ts';
import { hasRemovals } from '../ledger/imports/purge-imports.ts';
import { uncheckedUploads } from '../ledger/imports/unfinished-uploads.ts';
import { problem } from '../messages/problems.ts';
import { PAGE, READER_THREAD } from '../platform/assets.ts';
import { Guard } from './access/guard.ts';
import { LoginLinks, loginPath } from './access/login-links.ts';
import { LoginThrottle } from './access/login-throttle.ts';
import { Sessions } from './access/session-cookie.ts';
import { buildServer } from './build-server.ts';
import { KeysInFlight } from './http/idempotency-key.ts';
import { listen, originOf } from './http/listen.ts';
import { CheckQueue } from './jobs/check-queue.ts';
import { GroupNameLoader } from './jobs/group-name-loader.ts';
import { IngestQueue } from './jobs/ingest-queue.ts';
import { OrderPreviews } from './jobs/order-previews.ts';
import { PurgeRunner } from './jobs/purge-runner.ts';
import { LiveUpdates } from './live/live-updates.ts';
import { PortalMonitor } from './live/portal-monitor.ts';
import { ImportViews } from './presenters/import-views.ts';
import { UploadService } from './uploads/upload-service.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** A listening server. */
export interface OpenServer extends AsyncDisposable {
  readonly http: FastifyInstance;
  /** Address of the server. @example http://127.0.0.1:3000 */
  readonly origin: string;
  /** Address of the page: the origin with the base path. @example http://127.0.0.1:3000/bulk-invite */
  readonly address: string;
  /** One-time login link for an administrator; undefined when there is a token for that. */
  readonly loginLink: string | undefined;
}

/** What tests replace. */
export interface ServerAssets {
  /** The folder of the built page. @default PAGE */
  page?: string;
  /** Main module of the threads that read files. @default READER_THREAD */
  readerThread?: string;
  /** How long an upload waits for its file to be read, in milliseconds. @default 10_000 */
  readWithinMs?: number;
}

/** @returns the token of a new login link, which invalidates all earlier ones */
function firstOf(links: LoginLinks): string {
  const token = links.create();
  links.keepOnly(token);
  return token;
}

/** @throws Problem when other machines can reach the page and there is no token for administrators */
export function requireTokens({ host, adminToken }: Config): void {
  if (adminToken !== undefined || LOOPBACK.test(host)) return;
  throw problem('admin_token_unset', { host });
}

/**
 * Starts the server of the page and the API.
 *
 * @throws Problem when the address is in use, or there is no safe way to log in
 */
export async function openServer(
  app: App,
  config: Config,
  log: Logger,
  { page = PAGE, readerThread = READER_THREAD, readWithinMs }: ServerAssets = {},
): Promise<OpenServer> {
  requireTokens(config);
  await using stack = new AsyncDisposableStack();
  const { reportError } = app;
  const tokens = { admin: config.adminToken, viewer: config.viewerToken };
  const sessions = new Sessions(tokens, config);
  const loginLinks = config.adminToken === undefined ? new LoginLinks(config.dataDir) : undefined;
  const monitor = stack.use(new PortalMonitor(app.db, app.client, config));
  const threads = new IngestWorkers(readerThread, { authorities: config.authorities });
  const ingests: IngestQueue = new IngestQueue(
    app,
    threads,
    config,
    (id, replaced, starts) => {
      if (replaced !== undefined) {
        live.gone(replaced, id);
        purges.begin();
      }
      if (!starts) checks.begin(id);
    },
    reportError,
  );
  const checks = new CheckQueue(app, (id) => live.republish(id), reportError);
  const orders = new OrderPreviews(app, reportError);
  const purges = new PurgeRunner(threads, config, reportError);
  const live: LiveUpdates = new LiveUpdates(
    app.db,
    monitor,
    (self) =>
      new ImportViews(app.db, monitor, {
        paceOf: (id) => self.paceOf(id),
        progressOf: (id) => ingests.progressOf(id) ?? checks.progressOf(id),
        quietHours: config.quietHours,
      }),
  );
  const groupNames = new GroupNameLoader(app, monitor, (id) => live.republish(id), reportError);
  const uploads = new UploadService(app, config, ingests, checks, readWithinMs);
  const guard = new Guard(tokens, sessions, new LoginThrottle());
  const { views } = live;
  const parts = {
    views,
    live,
    monitor,
    uploads,
    ingests,
    checks,
    orders,
    purges,
    groupNames,
    keys: new KeysInFlight(),
  };
  const end = new AbortController();
  const ending = end.signal;
  const context = { app, config, guard, sessions, loginLinks, ending, ...parts };
  const http = await buildServer(context, log, page);
  stack.defer(() => threads.close());
  stack.defer(() => purges.close());
  stack.defer(() => groupNames.close());
  stack.defer(() => orders.close());
  stack.defer(() => checks.close());
  stack.defer(() => ingests.close());
  stack.defer(() => live.close());
  stack.defer(() => http.close());
  stack.defer(() => {
    end.abort();
    app.stopWaitingForRedis();
  });
  await listen(http, config.host, config.port);
  monitor.start(reportError);
  live.start(reportError);
  await uploads.resume();
  if (await hasRemovals(app.db)) purges.begin();
  for (const id of await uncheckedUploads(app.db, monitor.portal)) checks.begin(id);
  const origin = originOf(http, config.host);
  const address = `${origin}${config.basePath}`;
  const opened = stack.move();
  return {
    ...{ http, origin, address },
    loginLink: loginLinks && `${address}${loginPath(firstOf(loginLinks))}`,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
