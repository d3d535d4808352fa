import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { runCommandLine } from '../../src/commands/command-line.ts';
import { findPrivateRedis } from '../../src/redis/embedded/embedded-redis.ts';
import { CLI, COMPILE_CACHE } from './entry-points.ts';

/** Young generation in MiB that is large enough for a start: garbage collection took a seventh of the time. */
const HEAP_OPTION = '--min-semi-space-size=16';

/** Tests do not read the developer's .env file. */
const NO_DOTENV = '';

/** Running processes, killed when the tests end: a test that timed out does not clean up. */
const running = new Set<ChildProcess>();
process.once('exit', () => kill(running));
process.once('SIGTERM', () => {
  kill(running);
  process.kill(process.pid, 'SIGTERM');
});

/** The program as a user starts it, in processes that a test can kill. */
export class Program {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #dataDir: string;
  readonly #settings: Record<string, string>;
  readonly #started: StartedCommand[];
  readonly #cli: string;

  /**
   * @param started commands that `killAll` ends and `output` includes
   * @param cli path of the main module
   */
  constructor(
    dataDir: string,
    settings: Record<string, string>,
    started: StartedCommand[] = [],
    cli = CLI,
  ) {
    this.#cli = cli;
    this.#dataDir = dataDir;
    this.#settings = settings;
    this.#started = started;
    this.#environment = {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      DATA_DIR: dataDir,
      ...settings,
    };
  }

  /** @returns the program with additional settings, on the same data; `killAll` ends the commands of both */
  with(settings: Record<string, string>): Program {
    return new Program(this.#dataDir, { ...this.#settings, ...settings }, this.#started, this.#cli);
  }

  /** Starts a command in its own process. */
  start(...argv: string[]): Started {
    const child = spawn(process.execPath, [HEAP_OPTION, this.#cli, ...argv], {
      cwd: dirname(this.#dataDir),
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const reported = { stdout: '', stderr: '' };
    const output = new EventEmitter<{ data: []; close: [] }>();
    this.#started.push({ command: argv.join(' '), child, reported });
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.setEncoding('utf8').on('data', (text) => {
        reported[stream] += text;
        output.emit('data');
      });
    }
    const ended = once(child, 'close').then(([code]): Ended => {
      running.delete(child);
      output.emit('close');
      return { code: typeof code === 'number' ? code : null, ...reported };
    });
    return {
      child,
      ended,
      prints: (words, maxWaitMs) => untilPrinted(output, reported, words, maxWaitMs),
      stop: (maxWaitMs) => stop(child, reported, ended, maxWaitMs),
    };
  }

  /**
   * Runs a command to its end in this process: a new process takes longer to load than most commands
   * take to run.
   *
   * @throws Error when there are settings that apply only to a separate process
   */
  async call(...argv: string[]): Promise<Ended> {
    return this.begin(...argv).ended;
  }

  /** Like {@link call}, with a text on stdin. */
  async feed(text: string, ...argv: string[]): Promise<Ended> {
    return this.#begin(Readable.from([Buffer.from(text)]), argv).ended;
  }

  /**
   * Like {@link call}, but does not wait for the end of the command.
   *
   * @throws Error when there are settings that apply only to a separate process
   */
  begin(...argv: string[]): RunningCommand {
    return this.#begin(Readable.from([]), argv);
  }

  #begin(stdin: Readable, argv: readonly string[]): RunningCommand {
    const ofProcesses = Object.keys(this.#settings).filter((name) => /^(NODE|OTEL)_/.test(name));
    if (ofProcesses.length > 0) throw new Error(`${ofProcesses} have no effect in this process.`);
    const reported = { stdout: '', stderr: '' };
    const output = new EventEmitter<{ data: []; close: [] }>();
    const write = (stream: keyof Reported) =>
      writable((text) => {
        reported[stream] += text;
        output.emit('data');
      });
    const terminal = {
      env: this.#environment,
      stdin,
      stdout: write('stdout'),
      stderr: write('stderr'),
    };
    const ended = runCommandLine(argv, terminal, NO_DOTENV)
      .finally(() => output.emit('close'))
      .then((code): Ended => ({ code, ...reported }));
    this.#started.push({ command: argv.join(' '), reported });
    return {
      ended,
      prints: (words, maxWaitMs) => untilPrinted(output, reported, words, maxWaitMs),
    };
  }

  /** Runs a command to its end in its own process, with the harness's folder as working directory. */
  callInProcess(...argv: string[]): Promise<Ended> {
    return this.start(...argv).ended;
  }

  /** Calls `act` with a connection to the private Redis, if it runs. */
  async withRedis(act: (redis: Redis) => Promise<unknown>): Promise<void> {
    const path = await findPrivateRedis(join(this.#dataDir, 'redis'));
    if (path === undefined) return;
    const redis = new Redis({ path, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on('error', () => {});
    await act(redis).catch(() => {});
    redis.disconnect();
  }

  /** Kills the private Redis, as the system does when it is out of memory. */
  killRedis(): Promise<void> {
    return this.withRedis(async (redis) => {
      const pid = /process_id:(\d+)/.exec(await redis.info('server'))?.[1];
      if (pid !== undefined) process.kill(Number(pid), 'SIGKILL');
    });
  }

  /** @returns the output of all commands, for error messages */
  output(): string {
    return this.#started
      .map(({ command, reported: { stdout, stderr } }) => `> ${command}\n${stdout}${stderr}`)
      .join('\n');
  }

  killAll(): void {
    kill(this.#started.flatMap(({ child }) => child ?? []));
  }
}

const writable = (onText: (text: string) => void) =>
  new Writable({
    decodeStrings: false,
    write(text: string | Buffer, _, done) {
      onText(String(text));
      done();
    },
  });

function kill(children: Iterable<ChildProcess>): void {
  for (const child of children) child.kill('SIGKILL');
}

/** A running command in this process. */
export interface RunningCommand {
  /** Resolves with the exit code, null for a killed process, and the output. */
  ended: Promise<Ended>;
  /**
   * Resolves when stdout or stderr contains the words.
   *
   * @param maxWaitMs longest wait, in milliseconds. @default 90_000
   * @throws Error when the command ends without them, or after the longest wait
   */
  prints(words: RegExp, maxWaitMs?: number): Promise<void>;
}

/** A running command in its own process. */
export interface Started extends RunningCommand {
  child: ChildProcess;
  /**
   * Sends SIGTERM and resolves when the process has ended.
   *
   * @param maxWaitMs longest wait, in milliseconds. @default 90_000
   * @throws Error with the output, after the longest wait
   */
  stop(maxWaitMs?: number): Promise<Ended>;
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

type Reported = Omit<Ended, 'code'>;

interface StartedCommand {
  readonly command: string;
  readonly child?: ChildProcess;
  readonly reported: Reported;
}

async function stop(
  child: ChildProcess,
  reported: Reported,
  ended: Promise<Ended>,
  maxWaitMs = 90_000,
): Promise<Ended> {
  child.kill('SIGTERM');
  const isLate = sleep(maxWaitMs, undefined, { ref: false });
  const how = await Promise.race([ended, isLate]);
  if (how === undefined)
    throw new Error(`The command did not end:\n${reported.stdout}\n${reported.stderr}`);
  return how;
}

/** @param output emits `data` when the command writes output, and `close` when it has ended */
function untilPrinted(
  output: EventEmitter<{ data: []; close: [] }>,
  reported: Readonly<Reported>,
  words: RegExp,
  maxWaitMs = 90_000,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (words.test(reported.stdout) || words.test(reported.stderr)) settle(resolve);
    };
    const giveUp = () => {
      const why = new Error(
        `The command did not print ${words}, but:\n${reported.stdout}\n${reported.stderr}`,
      );
      settle(() => reject(why));
    };
    const timer = setTimeout(giveUp, maxWaitMs);
    const settle = (how: () => void) => {
      clearTimeout(timer);
      output.off('close', giveUp);
      output.off('data', check);
      how();
    };
    output.on('close', giveUp);
    output.on('data', check);
    check();
  });
}
