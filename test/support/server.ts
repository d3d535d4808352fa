import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type App, openApp } from '../../src/app/open-app.ts';
import type { Config } from '../../src/config/config.ts';
import { readConfig, requireWebhook } from '../../src/config/read-config.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import type { Import } from '../../src/server/schemas/import-schema.ts';
import { type OpenServer, openServer } from '../../src/server/start-server.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { Metrics } from '../../src/telemetry/metrics.ts';
import { startWorker } from '../../workers/invite-worker.ts';
import { checkAnswer } from './described-api.ts';
import { READER_THREAD } from './entry-points.ts';
import { untilImport } from './events.ts';
import { type AddOptions, addImport } from './ledger/add-import.ts';
import { orderSandbox } from './sandbox-order.ts';

export const ADMIN = 'the-token-of-an-admin';
export const VIEWER = 'the-token-of-a-viewer';

/** A portal without noticeable waits. */
const QUICK: Partial<SandboxOptions> = {
  burst: 500,
  requestsPerSecond: 500,
  inviteSeconds: 0.002,
  readSeconds: 0.001,
};

export interface TestServerOptions {
  settings?: Record<string, string>;
  sandbox?: Partial<SandboxOptions>;
  /** Whether to start a worker. @default true */
  worker?: boolean;
}

/** Longest wait for the ingest of the small files of tests, also on a busy machine. */
const READ_WITHIN_MS = 90_000;

/** A server with its own portal, Redis and ledger; disposing removes all of them. */
export class TestServer implements AsyncDisposable {
  readonly folder: string;
  readonly #sandbox: Sandbox;
  readonly #stack: AsyncDisposableStack;
  readonly #config: Config;
  readonly app: App;
  #server: OpenServer;

  private constructor(parts: Parts, stack: AsyncDisposableStack) {
    this.folder = parts.folder;
    this.#sandbox = parts.sandbox;
    this.#config = parts.config;
    this.app = parts.app;
    this.#server = parts.server;
    this.#stack = stack;
  }

  static async open(options: TestServerOptions = {}): Promise<TestServer> {
    await using stack = new AsyncDisposableStack();
    const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-server-'));
    stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const sandbox = await startSandbox({ ...QUICK, ...options.sandbox });
    stack.defer(() => sandbox.close());
    const database = await makeDatabase();
    if (database) stack.use(database);
    const config = readConfig(
      {
        BITRIX24_WEBHOOK_URL: sandbox.webhookUrl,
        BITRIX24_BURST: '500',
        BITRIX24_REQUESTS_PER_SECOND: '500',
        DATA_DIR: join(folder, 'data'),
        ...(database && { LEDGER_URL: database.url }),
        PORT: '0',
        LOG_LEVEL: 'silent',
        ADMIN_TOKEN: ADMIN,
        VIEWER_TOKEN: VIEWER,
        ...options.settings,
      },
      '',
    );
    const log = createLog(config);
    const webhook = requireWebhook(config);
    const app = stack.use(await openApp({ config, webhook, log, redis: 'own' }));
    if (options.worker ?? true) {
      const running = await app.startWorker(startWorker, (error) =>
        log.error({ err: error }, 'unexpected'),
      );
      stack.defer(() => running.drain(5_000));
    }
    const server = await open(app, config, folder);
    return new TestServer({ folder, sandbox, config, app, server }, stack.move());
  }

  get sandboxOrigin(): string {
    return this.#sandbox.origin;
  }

  get webhookUrl(): string {
    return this.#sandbox.webhookUrl;
  }

  get origin(): string {
    return this.#server.origin;
  }

  get http(): OpenServer['http'] {
    return this.#server.http;
  }

  get loginLink(): string | undefined {
    return this.#server.loginLink;
  }

  get config(): Config {
    return this.#config;
  }

  /**
   * Restarts the server of the page and the API; the ledger, Redis and the worker continue.
   *
   * @param parts replacements for parts of the application
   */
  async restart(settings: Partial<Config> = {}, parts: Partial<App> = {}): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    // The metrics of a new process start at zero.
    const app = { ...this.app, metrics: new Metrics(), ...parts };
    this.#server = await open(app, { ...this.#config, ...settings }, this.folder);
  }

  /** Writes the built page and restarts the server. @param files contents by path */
  async build(files: Record<string, string | Uint8Array>): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      const file = join(pageIn(this.folder), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    await this.restart();
  }

  /** Sends a request and checks the answer against the API description. @param token null for none. @default the admin's */
  async request(
    path: string,
    { token = ADMIN, headers, ...init }: RequestInit & { token?: string | null } = {},
  ): Promise<Response> {
    const all = new Headers(headers);
    if (token !== null) all.set('authorization', `Bearer ${token}`);
    const answer = await fetch(`${this.origin}${path}`, {
      ...{ redirect: 'manual', ...init },
      headers: all,
    });
    await checkAnswer(this.http, init.method ?? 'GET', path, answer);
    return answer;
  }

  /** @returns the JSON of a successful answer. @throws Error for any other answer */
  async json<T = Record<string, unknown>>(
    path: string,
    init?: RequestInit & { token?: string | null },
  ): Promise<T> {
    const answer = await this.request(path, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  /** Sends a POST request with an optional JSON body. */
  post(path: string, body?: unknown): Promise<Response> {
    return this.request(path, {
      method: 'POST',
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
  }

  /** Adds a CSV to the ledger, see `addImport`. @returns the import, which is ready to start */
  async add(csv: string, options: AddOptions = {}): Promise<Import> {
    const id = await addImport(this.app, this.#config, csv, options);
    return this.json(`${this.#config.basePath}/api/imports/${id}`);
  }

  /** Uploads a file as a form. */
  upload(
    csv: string | Blob,
    { again = 'true', ...fields }: Record<string, string> = {},
    { name = 'people.csv', token = ADMIN }: { name?: string; token?: string | null } = {},
  ): Promise<Response> {
    const body = new FormData();
    // Each test uploads the same few rows as a new import.
    body.append('again', again);
    for (const [key, value] of Object.entries(fields)) body.append(key, value);
    body.append('file', typeof csv === 'string' ? new Blob([csv]) : csv, name);
    return this.request('/api/imports', { method: 'POST', body, token });
  }

  /** Uploads a file and waits until it is read and checked. */
  async uploadAndWait(
    csv: string | Blob,
    fields: Record<string, string> = {},
    name?: string,
  ): Promise<Import> {
    const answer = await this.upload(csv, fields, name === undefined ? {} : { name });
    if (answer.status !== 201) throw new Error(await answer.text());
    const { id }: Import = JSON.parse(await answer.text());
    return this.until(id, ({ state, progress }) => state !== 'reading' && progress === null);
  }

  /** Resolves with the import when an event of the server shows it in the wanted state. */
  async until(id: number, isWanted: (found: Import) => boolean): Promise<Import> {
    const answer = await this.request(`/api/imports/${id}/events`);
    return untilImport(answer, isWanted);
  }

  /** Replaces the faults of the sandbox portal. */
  setFaults(...faults: Fault[]): Promise<void> {
    return this.#order('faults', faults);
  }

  /** Releases requests that wait at the portal's gate. @param requests number of requests. @default all */
  openGate(requests?: number): Promise<void> {
    return this.#order('gate/open', { requests });
  }

  /** Removes all faults and releases all requests at the gate. */
  async removeGate(): Promise<void> {
    await this.setFaults();
    await this.openGate();
  }

  /** Resolves when `wanted` accepts the state of the portal. */
  untilTruth(wanted: (truth: Truth) => boolean): Promise<void> {
    return this.#sandbox.until(wanted, AbortSignal.timeout(90_000));
  }

  #order(path: string, body: unknown): Promise<void> {
    return orderSandbox(this.#sandbox, path, body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    await this.#stack.disposeAsync();
  }
}

interface Parts {
  folder: string;
  sandbox: Sandbox;
  config: Config;
  app: App;
  server: OpenServer;
}

const pageIn = (folder: string): string => join(folder, 'page');

const open = (app: App, config: Config, folder: string): Promise<OpenServer> =>
  openServer(app, config, createLog(config), {
    page: pageIn(folder),
    readWithinMs: READ_WITHIN_MS,
    ...(READER_THREAD !== undefined && { readerThread: READER_THREAD }),
  });

/** @returns a CSV with the pairs of all groups and users */
export function crowd(groups: readonly number[], users: readonly number[]): string {
  const lines = groups.flatMap((group) => users.map((user) => `${group},${user}`));
  return `group_id,user_id\n${lines.join('\n')}\n`;
}

/** @returns the numbers from first to last */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** @returns a Postgres database for tests on Postgres; undefined for SQLite, which the bench uses */
async function makeDatabase() {
  if (process.env.VITEST === undefined) return undefined;
  const { createDatabase, isOnPostgres } = await import('./postgres/on-postgres.ts');
  return isOnPostgres ? createDatabase() : undefined;
}
