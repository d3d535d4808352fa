import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLI } from '../support/entry-points.ts';
import { freePort } from '../support/services/free-port.ts';

const START_MS = 60_000;
/** Longest wait for an exit: a process completes its requests first, for up to 25 seconds. */
const END_MS = 40_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process of the program that can be stopped and started repeatedly. */
export class SupervisedProcess {
  readonly name: string;
  /** Origin of its health and metrics routes. */
  readonly origin: string;
  /** Number of the current run, from 1. */
  run = 0;
  readonly #argv: readonly string[];
  readonly #environment: NodeJS.ProcessEnv;
  readonly #log: string;
  readonly #reportError: (what: string) => void;
  #child: ChildProcess | undefined;

  /** @param reportError called when the process ends unexpectedly or with an error */
  constructor(
    { name, argv, port, environment, log }: SupervisedProcessOptions,
    reportError: (what: string) => void,
  ) {
    this.name = name;
    this.origin = `http://127.0.0.1:${port}`;
    this.#argv = argv;
    this.#environment = environment;
    this.#log = log;
    this.#reportError = reportError;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    const log = openSync(this.#log, 'a');
    // In its own process group: Ctrl-C reaches only the soak, which stops the processes itself.
    const child = spawn(process.execPath, [CLI, ...this.#argv], {
      detached: true,
      env: this.#environment,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    this.run++;
    running.add(child);
    child.once('exit', (code, signal) => {
      running.delete(child);
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#reportError(`${this.name} ended unexpectedly (${code ?? signal})`);
    });
    const deadline = Date.now() + START_MS;
    while (!(await isAlive(this.origin))) {
      if (this.#child !== child) return;
      if (Date.now() > deadline) throw new Error(`${this.name} does not answer.`);
      await sleep(100);
    }
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const ended = await Promise.race([exited, sleep(END_MS, undefined, { ref: false })]);
    if (ended === undefined) {
      this.#reportError(`${this.name} did not end after ${signal}`);
      child.kill('SIGKILL');
      await exited;
    } else if (signal === 'SIGTERM' && ended[0] !== 0) {
      this.#reportError(`${this.name} ended after SIGTERM with ${ended[0] ?? ended[1]}`);
    }
  }
}

export interface SupervisedProcessOptions {
  name: string;
  argv: readonly string[];
  port: number;
  environment: NodeJS.ProcessEnv;
  /** Path of the log file of all runs. */
  log: string;
}

async function isAlive(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2_000) });
    await answer.text();
    return answer.ok;
  } catch {
    return false;
  }
}

/** @returns `count` free ports of the loopback interface */
export async function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, freePort));
}
