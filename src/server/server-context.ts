import type { App } from '../app/open-app.ts';
import type { Config } from '../config/config.ts';
import type { Guard } from './access/guard.ts';
import type { LoginLinks } from './access/login-links.ts';
import type { Sessions } from './access/session-cookie.ts';
import type { KeysInFlight } from './http/idempotency-key.ts';
import type { Live } from './live/live-updates.ts';
import type { PortalWatch } from './live/portal-monitor.ts';
import type { ImportViews } from './presenters/import-views.ts';
import type { CheckRoom } from './uploads/check-queue.ts';
import type { NameRoom } from './uploads/group-name-loader.ts';
import type { ReadingRoom } from './uploads/ingest-queue.ts';
import type { Intake } from './uploads/upload-service.ts';

/** What routes work with. */
export interface Context {
  readonly app: App;
  readonly config: Config;
  readonly guard: Guard;
  readonly sessions: Sessions;
  /** Undefined when there is a token to log in with. */
  readonly loginLinks: LoginLinks | undefined;
  readonly views: ImportViews;
  readonly live: Live;
  readonly watch: PortalWatch;
  readonly intake: Intake;
  readonly room: ReadingRoom;
  readonly checks: CheckRoom;
  readonly namings: NameRoom;
  readonly keys: KeysInFlight;
  /** Aborted when the server is about to end: what goes on without end should do so as well. */
  readonly ending: AbortSignal;
}
