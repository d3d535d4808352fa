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
/** Answers the requests of pages between two tests. */
const IDLE_BACKEND = new FakeBackend();

let server: Promise<string> | undefined;
let current: FakeBackend | undefined;

/**
 * The built page with an API whose answers the test defines, without portal, ledger and queue. The
 * server's schemas check requests and answers; its own code converts a thrown `HttpProblem` to problem
 * details, guards the routes, and serves the page with its security policy.
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

  /** Data for the answers; a test can change it at any time. */
  get data(): ApiData {
    return this.#backend.data;
  }

  /** Valid requests, the oldest first. */
  get requests(): readonly SeenRequest[] {
    return this.#backend.requests;
  }

  /** Opens a page in its own context. */
  open(path: string, options?: PageOptions): Promise<Page> {
    return this.#pages.open(path, options);
  }

  /** Replaces the handler of a route; a thrown `HttpProblem` becomes an error answer. */
  answer<Name extends RouteName>(name: Name, handler: Handlers[Name]): void {
    this.#backend.answer(name, handler);
  }

  /** Holds the requests of a route, without reading their bodies, until the gate is opened. */
  hold(name: RouteName): Gate {
    return this.#backend.hold(name);
  }

  /** Changes an import and sends its event when a page is connected. */
  push(it: Import, parts?: Partial<ImportParts>): Promise<void> {
    this.data.put(it, parts);
    return this.#backend.streams.send(importEvent(it));
  }

  /** Removes an import and sends the event. @param by the import that replaces it, or null */
  pushGone(id: number, by: number | null): Promise<void> {
    this.data.remove(id);
    return this.#backend.streams.send(goneEvent(id, by));
  }

  /** Changes the portal and sends the event. */
  pushPortal(portal: ApiData['portal']): Promise<void> {
    this.data.portal = portal;
    const { history, ...now } = portal;
    return this.#backend.streams.send(portalEvent(now));
  }

  /** Holds back the events of pages that connect from now on, until `releaseEvents` is called. */
  holdEvents(): void {
    this.#backend.streams.hold();
  }

  /** Delivers the events that were held back, and all later ones. */
  releaseEvents(): void {
    this.#backend.streams.release();
  }

  /** Closes all connections and every new one, until `up` is called. */
  down(): void {
    this.#backend.isDown = true;
    this.#backend.streams.cut();
  }

  /** Accepts connections again. */
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

/** Starts the server for all tests of this process, so that browsers can reuse the cached page. */
async function listen(): Promise<string> {
  const http = await buildFakeServer(() => current ?? IDLE_BACKEND);
  await http.listen({ host: HOST, port: 0 });
  http.server.unref();
  return originOf(http, HOST);
}
