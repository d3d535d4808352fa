import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { Seed } from '../../src/sandbox/seed.ts';
import { freePort } from '../support/free-port.ts';
import { type Office, openOffice } from '../support/office.ts';
import type { Started } from '../support/program.ts';

export const ADMIN = 'admin-token-of-the-tests';
export const VIEWER = 'viewer-token-of-the-tests';
const TOKENS = { ADMIN_TOKEN: ADMIN, VIEWER_TOKEN: VIEWER };

/** An office in which the program serves its page. */
export interface Desk extends AsyncDisposable {
  readonly office: Office;
  readonly origin: string;
  /** The link that the program has printed; undefined when there are tokens. */
  readonly loginLink: string | undefined;
  /** Kills the program without a word. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  serve(): Promise<void>;
  /** Opens a page as somebody who is logged in; nobody in particular without a token. */
  open(path: string, options?: Visit): Promise<Page>;
}

export interface Visit extends BrowserContextOptions {
  /** @default the administrator's */
  token?: string | null;
}

export async function openDesk(
  browser: Browser,
  options: Partial<SandboxOptions> = {},
  settings: Record<string, string> = TOKENS,
): Promise<Desk> {
  const port = await freePort();
  const office = await openOffice(options, { PORT: String(port), ...settings });
  const origin = `http://127.0.0.1:${port}`;
  const contexts: BrowserContext[] = [];
  let printed = '';
  const start = async (): Promise<Started> => {
    const started = office.program.start('serve');
    started.child.stdout?.on('data', (text) => (printed += text));
    await started.says('ADMIN_TOKEN' in settings ? /^Bulk Invite for .*\n/m : /login\S+\n/);
    return started;
  };
  let served = await start();
  return {
    office,
    origin,
    loginLink: /http\S+login\S+/.exec(printed)?.[0],
    async kill() {
      served.child.kill('SIGKILL');
      await served.ended;
    },
    async serve() {
      served = await start();
    },
    async open(path, { token = ADMIN, ...given } = {}) {
      const context = await browser.newContext({ baseURL: origin, locale: 'en-GB', ...given });
      contexts.push(context);
      context.setDefaultTimeout(90_000);
      if (token !== null) await context.request.post('/api/session', { data: { token } });
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
    async [Symbol.asyncDispose]() {
      for (const context of contexts) await context.close();
      await office[Symbol.asyncDispose]();
    },
  };
}

/**
 * Opens a desk on which some hundred pairs last for a minute and more, longer than a busy machine
 * needs to show a page, until its portal is told to hurry.
 */
export const openSlowDesk = (browser: Browser, seed: Seed) =>
  openDesk(
    browser,
    { seed, inviteSeconds: 0.2, requestLimitSeconds: 20 },
    { ...TOKENS, CONCURRENCY: '1', BITRIX24_REQUEST_TIMEOUT_SECONDS: '25' },
  );

export const hurry = ({ office }: Desk) => office.order('limits', { inviteSeconds: 0.000_1 });
