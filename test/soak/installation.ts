import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import type { Limits } from '../../src/sandbox/sandbox-options.ts';
import { startHarnessRedis } from '../e2e/redis/redis-server.ts';
import { createDatabaseOn } from '../support/ledger/test-database.ts';
import { findPostgres } from '../support/postgres/find-postgres.ts';
import { PostgresServer } from '../support/postgres/postgres-server.ts';
import { freePorts, SupervisedProcess } from './supervised-process.ts';

export const ADMIN = 'the-token-of-an-admin';

/** Number of users besides the caller, with ids from 2, initially without groups. */
export const USERS = 1_000;

/** A fast portal; it ends every request before the timeout of the program. */
const LIMITS: Partial<Limits> = {
  burst: 500,
  requestsPerSecond: 100,
  operatingLimitSeconds: 1e8,
  operatingWindowSeconds: 20,
  inviteSeconds: 0.000_5,
  readSeconds: 0.000_5,
  requestLimitSeconds: 1.6,
  latencyMs: 5,
};
const SETTINGS = {
  BITRIX24_BURST: '500',
  BITRIX24_REQUESTS_PER_SECOND: '100',
  BITRIX24_OPERATING_LIMIT_SECONDS: '1e8',
  // The pause after a fault reports that a method has used up its operating seconds.
  BITRIX24_OPERATING_WINDOW_SECONDS: '20',
  BITRIX24_REQUEST_TIMEOUT_SECONDS: '2',
  MAX_ATTEMPTS: '1000',
};

/** A running installation: a portal, a Redis, a ledger, a server and two workers. */
export interface Installation extends AsyncDisposable {
  readonly folder: string;
  readonly portal: { origin: string; webhookUrl: string };
  readonly redis: Redis;
  readonly server: SupervisedProcess;
  readonly workers: readonly [SupervisedProcess, SupervisedProcess];
  /** Environment for another process of the program. */
  readonly environment: NodeJS.ProcessEnv;
  /** @returns the size of the ledger in bytes */
  ledgerBytes(): Promise<number>;
}

export interface InstallationOptions {
  ledger: 'sqlite' | 'postgres';
  groups: number;
  reportError: (what: string) => void;
}

export async function openInstallation({
  ledger,
  groups,
  reportError,
}: InstallationOptions): Promise<Installation> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-soak-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  mkdirSync(join(folder, 'logs'));
  const portal = stack.use(await startPortal(groups));
  const { url } = stack.use(await startHarnessRedis(folder, '--maxmemory-policy', 'noeviction'));
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on('error', () => {});
  stack.defer(() => redis.disconnect());
  const database = ledger === 'postgres' ? stack.use(await startPostgres()) : undefined;
  const dataDir = join(folder, 'data');
  const environment = {
    PATH: process.env.PATH,
    BITRIX24_WEBHOOK_URL: portal.webhookUrl,
    ...SETTINGS,
    DATA_DIR: dataDir,
    REDIS_URL: url,
    ...(database && { LEDGER_URL: database.url }),
    ADMIN_TOKEN: ADMIN,
  };
  const ports = await freePorts(3);
  const [server, ...workers] = ports.map((port, at) => {
    const name = at === 0 ? 'server' : `worker ${at}`;
    const own = { port, log: join(folder, 'logs', `${name}.log`) };
    const argv = at === 0 ? ['serve', '--no-worker'] : ['worker'];
    const setting = { [at === 0 ? 'PORT' : 'METRICS_PORT']: String(port) };
    return new SupervisedProcess(
      { name, argv, ...own, environment: { ...environment, ...setting } },
      reportError,
    );
  });
  const [steady, other] = workers;
  if (server === undefined || steady === undefined || other === undefined) throw new Error();
  for (const member of [server, steady, other]) {
    await member.start();
    stack.defer(() => member.end('SIGKILL'));
  }
  const opened = stack.move();
  return {
    ...{ folder, portal, redis, server, workers: [steady, other], environment },
    ledgerBytes: () => database?.bytes() ?? Promise.resolve(sizeOf(join(dataDir, 'ledger.db'))),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const sizeOf = (path: string): number =>
  ['', '-wal'].reduce(
    (sum, end) => sum + (statSync(path + end, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

/** Starts a portal in its own process, so that the soak's own work does not slow it down. */
async function startPortal(groups: number) {
  const script = fileURLToPath(new URL('../bench/sandbox-process.ts', import.meta.url));
  const order = JSON.stringify({ users: USERS, groups, limits: LIMITS });
  const child = spawn(process.execPath, [script, order], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const reported: { origin: string; webhookUrl: string } = JSON.parse(line);
    return { ...reported, [Symbol.dispose]: () => void child.kill('SIGKILL') };
  }
  throw new Error('The sandbox did not start.');
}

async function startPostgres() {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('Postgres is not installed.');
  await using stack = new AsyncDisposableStack();
  const server = await PostgresServer.make(bin);
  stack.defer(() => server.dispose());
  await server.create();
  const database = stack.use(await createDatabaseOn(server.url));
  const opened = stack.move();
  return {
    url: database.url,
    async bytes() {
      const [row] = await database.query('select pg_database_size(current_database()) as bytes');
      return Number(row?.bytes);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
