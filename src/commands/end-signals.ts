import { constants } from 'node:os';

/** What of a process is needed here. */
export interface SignalledProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  kill(pid: number, signal: NodeJS.Signals): unknown;
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  listenerCount(signal: NodeJS.Signals): number;
  exit(code: number): unknown;
}

/** How often the parent is looked for, in milliseconds. */
const PARENT_MS = 250;

/** @returns whether npm, or a program like it, runs the process as a script */
export const isStartedByNpm = ({ env }: Pick<SignalledProcess, 'env'>): boolean =>
  env.npm_lifecycle_event !== undefined;

/**
 * Ends a process that npm has started when its parent is gone, as SIGTERM does: a signal to npm may
 * end the shell in between and no more, and `kill -9` is passed on by nobody. A process that was
 * started in another way is left alone: somebody who puts it into the background means it to stay.
 */
export function endWithParent(child: SignalledProcess): void {
  if (!isStartedByNpm(child)) return;
  const parent = child.ppid;
  const timer = setInterval(() => {
    if (child.ppid === parent) return;
    clearInterval(timer);
    child.kill(child.pid, 'SIGTERM');
  }, PARENT_MS);
  timer.unref();
}

/**
 * Ends process 1, as a container without an init has it, at a signal that no command listens for: the
 * system itself does that for every other process, and ignores the signal for this one.
 */
export function endAsProcessOne(one: SignalledProcess): void {
  if (one.pid !== 1) return;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    one.on(name, () => {
      if (one.listenerCount(name) === 1) one.exit(128 + constants.signals[name]);
    });
  }
}
