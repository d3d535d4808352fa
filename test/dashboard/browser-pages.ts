import type {
  BrowserContext,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
  WebError,
} from 'playwright-core';
import { sharedBrowser } from '../support/services/chromium.ts';

/** Timeout that only a hung test reaches, in milliseconds. */
const TIMEOUT_MS = 90_000;
/** Playwright's default. */
const VIEWPORT = { width: 1280, height: 720 };

export interface PageOptions extends BrowserContextOptions {
  /** Prepares the page's context before the page is loaded. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
}

/** Unused pages without options, by origin: creating a page takes four times as long. */
const idle = new Map<string, Page>();

/**
 * Pages of one server in the shared browser. An uncaught exception of a page or a violation of its
 * content security policy fails the test when it disposes of the pages.
 */
export class BrowserPages implements AsyncDisposable {
  readonly #origin: string;
  readonly #contexts: BrowserContext[] = [];
  readonly #failures: unknown[] = [];
  #plain: Page | undefined;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /**
   * Opens a page in its own context. The first page without options can be one of an earlier test: its
   * storage is empty, but the browser cache is not. A test that changes anything else (a clock, routes,
   * listeners) must use a separate context or undo the change.
   */
  async open(path: string, options: PageOptions = {}): Promise<Page> {
    const isPlain = this.#plain === undefined && Object.keys(options).length === 0;
    const page = (isPlain ? this.#takeIdle() : undefined) ?? (await newPage(this.#origin, options));
    if (isPlain) this.#plain = page;
    else this.#contexts.push(page.context());
    page.context().on('weberror', this.#onError).on('console', this.#onMessage);
    await page.goto(path);
    return page;
  }

  /** @throws when a page has failed */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const context of this.#contexts) await context.close();
    if (this.#plain) await this.#release(this.#plain);
    if (this.#failures.length > 0) throw new AggregateError(this.#failures, 'A page has failed');
  }

  /** Resets a page for the next test; closes a page that hangs. */
  async #release(page: Page): Promise<void> {
    page.context().off('weberror', this.#onError).off('console', this.#onMessage);
    try {
      await page.evaluate('localStorage.clear(); sessionStorage.clear()');
      await page.setViewportSize(VIEWPORT);
      await page.emulateMedia({ colorScheme: null });
      await page.goto('/blank');
      idle.set(this.#origin, page);
    } catch {
      await page.context().close();
    }
  }

  #takeIdle(): Page | undefined {
    const page = idle.get(this.#origin);
    idle.delete(this.#origin);
    return page;
  }

  readonly #onError = (failure: WebError) => this.#failures.push(failure.error());

  readonly #onMessage = (message: ConsoleMessage) => {
    const text = message.text();
    // The third-party queue page requests fonts that its policy blocks.
    if (/content security policy/i.test(text) && !text.includes('fonts.googleapis.com')) {
      this.#failures.push(text);
    }
  };
}

async function newPage(baseURL: string, { prepare, ...options }: PageOptions): Promise<Page> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ baseURL, locale: 'en-GB', ...options });
  context.setDefaultTimeout(TIMEOUT_MS);
  await prepare?.(context);
  return context.newPage();
}
