import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { runCommandLine } from '../../src/commands/command-line.ts';
import { findPrivateRedis } from '../../src/redis/embedded/embedded-redis.ts';
import { CLI, COMPILE_CACHE } from './entry-points.ts';

/** Room for all that a start makes, in MiB: collecting it took a seventh of the time. */
const ROOM = '--min-semi-space-size=16';

/** The developer's own settings are not those of a test. */
const NO_DOTENV = '';

/** What still runs when the tests end: a test that took too long cannot clean up after itself. */
const left = new Set<ChildProcess>();
process.once('exit', () => kill(left));
process.once('SIGTERM', () => {
  kill(left);
  process.kill(process.pid, 'SIGTERM');
});

/** The program as a person starts it, in processes that may be killed. */
export class Program {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #dataDir: string;
  readonly #settings: Record<string, string>;
  readonly #started: StartedCommand[];
  readonly #cli: string;

  /**
   * @param started the processes that `killAll` ends, and whose `lastWords` these are
   * @param cli the path of its main module
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

  /** The same program with other settings, on the same data, ended together with this one. */
  with(settings: Record<string, string>): Program {
    return new Program(this.#dataDir, { ...this.#settings, ...settings }, this.#started, this.#cli);
  }

  /** Starts a command; `ended` tells its exit code, null when it was killed, and its output. */
  start(...argv: string[]): Started {
    const child = spawn(process.execPath, [ROOM, this.#cli, ...argv], {
      cwd: dirname(this.#dataDir),
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    left.add(child);
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
      left.delete(child);
      output.emit('close');
      return { code: typeof code === 'number' ? code : null, ...reported };
    });
    return {
      child,
      ended,
      says: (words, maxWaitMs) => said(output, reported, words, maxWaitMs),
      stop: (maxWaitMs) => stopped(child, reported, ended, maxWaitMs),
    };
  }

  /**
   * Does what a command line says, to its end, in this process: a new one takes longer to load than
   * most commands to do their work.
   *
   * @throws when there are settings that only a process of its own would heed
   */
  async call(...argv: string[]): Promise<Ended> {
    return this.begin(...argv).ended;
  }

  /**
   * As {@link call}, for a command that goes on while the test does something.
   *
   * @throws when there are settings that only a process of its own would heed
   */
  begin(...argv: string[]): Begun {
    const ofProcesses = Object.keys(this.#settings).filter((name) => /^(NODE|OTEL)_/.test(name));
    if (ofProcesses.length > 0) throw new Error(`${ofProcesses} would do nothing here.`);
    const reported = { stdout: '', stderr: '' };
    const output = new EventEmitter<{ data: []; close: [] }>();
    const write = (stream: keyof Reported) =>
      writable((text) => {
        reported[stream] += text;
        output.emit('data');
      });
    const terminal = {
      env: this.#environment,
      stdin: Readable.from([]),
      stdout: write('stdout'),
      stderr: write('stderr'),
    };
    const ended = runCommandLine(argv, terminal, NO_DOTENV)
      .finally(() => output.emit('close'))
      .then((code): Ended => ({ code, ...reported }));
    this.#started.push({ command: argv.join(' '), reported });
    return { ended, says: (words, maxWaitMs) => said(output, reported, words, maxWaitMs) };
  }

  /** Runs a command to its end in a process of its own, whose paths begin in the office's folder. */
  callApart(...argv: string[]): Promise<Ended> {
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

  /** @returns what all processes have said, for whoever wonders what they do */
  lastWords(): string {
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

/** A command at work in this process. */
export interface Begun {
  ended: Promise<Ended>;
  /**
   * Resolves when the words stand in its output, be it stdout or stderr.
   *
   * @param maxWaitMs how long they may take, in milliseconds. @default 90_000
   * @throws when it ends without them, or takes too long
   */
  says(words: RegExp, maxWaitMs?: number): Promise<void>;
}

/** A command at work in a process of its own. */
export interface Started extends Begun {
  child: ChildProcess;
  /**
   * Asks it to end, and resolves when it has.
   *
   * @param maxWaitMs how long that may take, in milliseconds. @default 90_000
   * @throws with what it said, when it takes longer
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

async function stopped(
  child: ChildProcess,
  reported: Reported,
  ended: Promise<Ended>,
  maxWaitMs = 90_000,
): Promise<Ended> {
  child.kill('SIGTERM');
  const isLate = sleep(maxWaitMs, undefined, { ref: false });
  const how = await Promise.race([ended, isLate]);
  if (how === undefined) throw new Error(`It never ended:\n${reported.stdout}\n${reported.stderr}`);
  return how;
}

/** @param output emits whenever the command wrote something, and when it has ended */
function said(
  output: EventEmitter<{ data: []; close: [] }>,
  reported: Readonly<Reported>,
  words: RegExp,
  maxWaitMs = 90_000,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const readView = () => {
      if (words.test(reported.stdout) || words.test(reported.stderr)) settle(resolve);
    };
    const giveUp = () => {
      const why = new Error(`It never said ${words}, but:\n${reported.stdout}\n${reported.stderr}`);
      settle(() => reject(why));
    };
    const timer = setTimeout(giveUp, maxWaitMs);
    const settle = (how: () => void) => {
      clearTimeout(timer);
      output.off('close', giveUp);
      output.off('data', readView);
      how();
    };
    output.on('close', giveUp);
    output.on('data', readView);
    readView();
  });
}
