import type { Page } from 'playwright-core';
import { originOf } from '../../../src/server/http/listen.ts';
import { goneEvent, importEvent, portalEvent } from '../../../src/server/live/live-event.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { BrowserPages, type PageOptions } from '../browser-pages.ts';
import type { ApiData, Handlers, ImportParts } from './api-data.ts';
import type { RouteName } from './contracts.ts';
import { FakeBackend, type SeenRequest } from './fake-backend.ts';
import type { Gate } from './fake-gate.ts';
import { buildFakeServer } from './fake-server.ts';

const HOST = '127.0.0.1';
/** Answers whatever a page requests between two tests. */
const NOBODY = new FakeBackend();

let server: Promise<string> | undefined;
let current: FakeBackend | undefined;

/**
 * The built page with an API that answers what the test says, without portal, ledger and queue. The
 * server's schemas check requests and answers; its own code makes problem details of a thrown
 * `HttpProblem`, guards the routes, and hands out the page under its security policy.
 *
 * @example
 * await using api = await FakeApi.start();
 * api.data.put(aRunning());
 * const page = await api.open('/imports/1');
 * await api.push(aFinished());
 * await page.getByText('Finished in').waitFor();
 */
export class FakeApi implements AsyncDisposable {
  readonly #backend: FakeBackend;
  readonly #pages: BrowserPages;

  private constructor(backend: FakeBackend, origin: string) {
    this.#backend = backend;
    this.#pages = new BrowserPages(origin);
  }

  /** @throws when another test of this process still uses the server */
  static async start(): Promise<FakeApi> {
    if (current !== undefined) throw new Error('Another test has not disposed of its fake API.');
    current = new FakeBackend();
    server ??= listen();
    return new FakeApi(current, await server);
  }

  /** What the API answers with; a test changes it as it likes. */
  get data(): ApiData {
    return this.#backend.data;
  }

  /** What was requested, oldest first, as far as it fits the schemas. */
  get requests(): readonly SeenRequest[] {
    return this.#backend.requests;
  }

  /** Opens a page in a context of its own. */
  open(path: string, options?: PageOptions): Promise<Page> {
    return this.#pages.open(path, options);
  }

  /** Answers a route in another way from now on; a thrown `HttpProblem` is a refusal. */
  answer<Name extends RouteName>(name: Name, handler: Handlers[Name]): void {
    this.#backend.answer(name, handler);
  }

  /** Holds the requests of a route, their bodies unread, until the gate is opened. */
  hold(name: RouteName): Gate {
    return this.#backend.hold(name);
  }

  /** Changes an import and sends the event of it, as soon as a page is connected. */
  push(it: Import, parts?: Partial<ImportParts>): Promise<void> {
    this.data.put(it, parts);
    return this.#backend.streams.send(importEvent(it));
  }

  /** Removes an import, with another in its place or none, and sends the event of it. */
  pushGone(id: number, by: number | null): Promise<void> {
    this.data.remove(id);
    return this.#backend.streams.send(goneEvent(id, by));
  }

  /** Changes the portal and sends the event of it. */
  pushPortal(portal: ApiData['portal']): Promise<void> {
    this.data.portal = portal;
    const { history, ...now } = portal;
    return this.#backend.streams.send(portalEvent(now));
  }

  /** Breaks off all connections, and every new one, until `up` is called. */
  down(): void {
    this.#backend.isDown = true;
    this.#backend.streams.cut();
  }

  /** Answers again. */
  up(): void {
    this.#backend.isDown = false;
  }

  /** @throws when an answer did not fit its schema, or a page has failed */
  async [Symbol.asyncDispose](): Promise<void> {
    const { failures } = this.#backend;
    try {
      this.#backend.openGates();
      this.up();
      await this.#pages[Symbol.asyncDispose]();
    } finally {
      current = undefined;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'The fake API has failed');
  }
}

/** One server for all tests of this process, so that browsers keep what they have of the page. */
async function listen(): Promise<string> {
  const http = await buildFakeServer(() => current ?? NOBODY);
  await http.listen({ host: HOST, port: 0 });
  http.server.unref();
  return originOf(http, HOST);
}
