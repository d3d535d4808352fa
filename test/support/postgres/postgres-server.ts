import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../services/free-port.ts';

/** Password of the server's user; it must not appear in any output. */
export const PASSWORD = 's3cret of Postgres';

const TIMEOUT_MS = 30_000;

/** The data is temporary, so no write waits for the disk. */
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'shared_buffers=64MB',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
].flatMap((setting) => ['-c', setting]);

/** Runs a program until the parent closes stdin or is killed. */
const WATCHED = 'exec 3<&0; "$@" </dev/null 3<&- & read -r _ <&3; kill -INT $!; wait';

/** A Postgres server in a temporary folder. */
export class PostgresServer {
  /** URL of the database `postgres`, with the password. */
  readonly url: string;
  readonly #bin: string;
  readonly #port: number;
  readonly #folder: string;
  readonly #user: { uid: number; gid: number } | undefined;
  #running: ChildProcess | undefined;

  private constructor(bin: string, port: number) {
    this.#bin = bin;
    this.#port = port;
    this.#folder = mkdtempSync(join(tmpdir(), 'bulk-invite-pg-'));
    // Postgres does not run as root.
    this.#user = process.getuid?.() === 0 ? nobody() : undefined;
    if (this.#user) chownSync(this.#folder, this.#user.uid, this.#user.gid);
    this.url = `postgres://tester:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`;
  }

  /** @param bin folder of the server's programs */
  static async make(bin: string): Promise<PostgresServer> {
    return new PostgresServer(bin, await freePort());
  }

  /** Creates the data folder and starts the server. */
  async create(): Promise<void> {
    const password = join(this.#folder, 'password');
    writeFileSync(password, PASSWORD, { mode: 0o644 });
    const initdb = this.#spawn(join(this.#bin, 'initdb'), [
      ...['-D', join(this.#folder, 'data'), '-U', 'tester', `--pwfile=${password}`],
      ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'],
    ]);
    const [code] = await once(initdb, 'exit');
    if (code !== 0) throw new Error(`initdb ended with ${code}: ${this.#log()}`);
    await this.start();
  }

  async start(): Promise<void> {
    const postgres = join(this.#bin, 'postgres');
    const data = join(this.#folder, 'data');
    const port = String(this.#port);
    const argv = ['-c', WATCHED, 'sh', postgres, '-D', data, '-p', port, ...SETTINGS];
    this.#running = this.#spawn('/bin/sh', argv);
    await untilReady(this.url).catch((cause) => {
      throw new Error(`Postgres did not start: ${this.#log()}`, { cause });
    });
  }

  /** Stops the server and closes all connections; `start` can start it again. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    running.stdin?.end();
    await once(running, 'exit');
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #spawn(program: string, argv: readonly string[]): ChildProcess {
    const child = spawn(program, argv, {
      ...this.#user,
      cwd: this.#folder,
      env: { PATH: process.env.PATH },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const appendToLog = (text: Buffer) =>
      writeFileSync(join(this.#folder, 'log'), text, { flag: 'a', mode: 0o666 });
    child.stdout?.on('data', appendToLog);
    child.stderr?.on('data', appendToLog);
    return child;
  }

  #log = (): string => readFileSync(join(this.#folder, 'log'), 'utf8').slice(-2_000);
}

/** Resolves when the server accepts connections. */
export async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

function nobody(): { uid: number; gid: number } {
  const [, uid, gid] =
    /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  if (uid === undefined || gid === undefined) throw new Error('There is no user "nobody".');
  return { uid: Number(uid), gid: Number(gid) };
}
