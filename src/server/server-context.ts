import type { App } from '../app/open-app.ts';
import type { Config } from '../config/config.ts';
import type { Guard } from './access/guard.ts';
import type { LoginLinks } from './access/login-links.ts';
import type { Sessions } from './access/session-cookie.ts';
import type { KeysInFlight } from './http/idempotency-key.ts';
import type { CheckQueue } from './jobs/check-queue.ts';
import type { GroupNameLoader } from './jobs/group-name-loader.ts';
import type { IngestQueue } from './jobs/ingest-queue.ts';
import type { OrderPreviews } from './jobs/order-previews.ts';
import type { PurgeRunner } from './jobs/purge-runner.ts';
import type { LiveUpdates } from './live/live-updates.ts';
import type { PortalMonitor } from './live/portal-monitor.ts';
import type { ImportViews } from './presenters/import-views.ts';
import type { UploadService } from './uploads/upload-service.ts';

/** What the routes need. */
export interface ServerContext {
  readonly app: App;
  readonly config: Config;
  readonly guard: Guard;
  readonly sessions: Sessions;
  /** Undefined when there is a token for administrators. */
  readonly loginLinks: LoginLinks | undefined;
  readonly views: ImportViews;
  readonly live: LiveUpdates;
  readonly monitor: PortalMonitor;
  readonly uploads: UploadService;
  readonly ingests: IngestQueue;
  readonly checks: CheckQueue;
  readonly orders: OrderPreviews;
  readonly purges: PurgeRunner;
  readonly groupNames: GroupNameLoader;
  readonly keys: KeysInFlight;
  /** Aborted when the server is about to stop: streams and long tasks must end then. */
  readonly ending: AbortSignal;
}
