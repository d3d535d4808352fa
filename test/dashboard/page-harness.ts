import type { Page } from 'playwright-core';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { Started } from '../support/program.ts';
import { openHarness, type ProgramHarness } from '../support/program-harness.ts';
import { freePort } from '../support/services/free-port.ts';
import { BrowserPages, type PageOptions } from './browser-pages.ts';

export const ADMIN = 'admin-token-of-the-tests';
export const VIEWER = 'viewer-token-of-the-tests';
const TOKENS = { ADMIN_TOKEN: ADMIN, VIEWER_TOKEN: VIEWER };

/** The program, serving its page, with a sandbox portal. */
export interface PageHarness extends AsyncDisposable {
  readonly harness: ProgramHarness;
  readonly origin: string;
  /** The printed login link; undefined when tokens are set. */
  readonly loginLink: string | undefined;
  /** Kills the program with SIGKILL. */
  kill(): Promise<void>;
  /** Starts the program again at the same address. */
  serve(): Promise<void>;
  /** Opens a page with a session; without one if `token` is null. */
  open(path: string, options?: Visit): Promise<Page>;
}

export interface Visit extends PageOptions {
  /** @default the administrator's */
  token?: string | null;
}

export async function openPageHarness(
  options: Partial<SandboxOptions> = {},
  settings: Record<string, string> = TOKENS,
): Promise<PageHarness> {
  await using stack = new AsyncDisposableStack();
  // Sessions depend on the port, so it is the same after a restart.
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const harness = stack.use(await openHarness(options, { PORT: String(port), ...settings }));
  let printed = '';
  const start = async (): Promise<Started> => {
    const started = harness.program.start('serve');
    started.child.stdout?.on('data', (text) => (printed += text));
    await started.prints('ADMIN_TOKEN' in settings ? /^Bulk Invite for .*\n/m : /login\S+\n/);
    return started;
  };
  let served = await start();
  const pages = stack.use(new BrowserPages(origin));
  const opened = stack.move();
  return {
    harness,
    origin,
    loginLink: /http\S+login\S+/.exec(printed)?.[0],
    async kill() {
      served.child.kill('SIGKILL');
      await served.ended;
    },
    async serve() {
      served = await start();
    },
    open: (path, { token = ADMIN, ...given } = {}) =>
      pages.open(path, {
        async prepare(context) {
          if (token !== null) await context.request.post('/api/session', { data: { token } });
        },
        ...given,
      }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
