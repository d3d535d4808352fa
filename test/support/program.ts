import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { findPrivateRedis } from '../../src/queue/private-redis.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** The program as a person starts it, in processes that may be killed. */
export class Program {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #dataDir: string;
  readonly #settings: Record<string, string>;
  readonly #running = new Set<ChildProcess>();

  constructor(dataDir: string, settings: Record<string, string>) {
    this.#dataDir = dataDir;
    this.#settings = settings;
    this.#environment = { PATH: process.env.PATH, DATA_DIR: dataDir, ...settings };
  }

  /** The same program with other settings, on the same data. */
  with(settings: Record<string, string>): Program {
    return new Program(this.#dataDir, { ...this.#settings, ...settings });
  }

  /** Starts a command; `ended` tells its exit code, null when it was killed, and its output. */
  start(...argv: string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [CLI, ...argv], {
      cwd: dirname(this.#dataDir),
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (text) => (stdout += text));
    child.stderr?.on('data', (text) => (stderr += text));
    const ended = once(child, 'close').then(([code]): Ended => {
      this.#running.delete(child);
      return { code: typeof code === 'number' ? code : null, stdout, stderr };
    });
    return { child, ended };
  }

  /** Runs a command to its end. */
  async call(...argv: string[]): Promise<Ended> {
    return this.start(...argv).ended;
  }

  /** Does something to the private Redis, if it runs. */
  async withRedis(act: (redis: Redis) => Promise<unknown>): Promise<void> {
    const path = await findPrivateRedis(join(this.#dataDir, 'redis'));
    if (path === undefined) return;
    const redis = new Redis({ path, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on('error', () => {});
    await act(redis).catch(() => {});
    redis.disconnect();
  }

  /** Kills the private Redis as the system does when memory runs out. */
  killRedis(): Promise<void> {
    return this.withRedis(async (redis) => {
      const pid = /process_id:(\d+)/.exec(await redis.info('server'))?.[1];
      if (pid !== undefined) process.kill(Number(pid), 'SIGKILL');
    });
  }

  killAll(): void {
    for (const child of this.#running) child.kill('SIGKILL');
  }
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}
