import { readFileSync } from 'node:fs';
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

/** @returns what Linux says of this process; undefined on other systems */
export function readOfSelf(file: 'stat' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/self/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param stat what Linux says in `/proc/self/stat`, undefined elsewhere
 * @param status the same in `/proc/self/status`
 * @returns whether a process was started to outlive the one that started it: by `nohup`, which has it
 * ignore SIGHUP, by `setsid` or a service manager, or as a job of its own by a shell that somebody types in
 */
export function isToStay(stat: string | undefined, status: string | undefined): boolean {
  if (stat === undefined || status === undefined) return true;
  const [, ignored = '0'] = /^SigIgn:\s*([\da-f]+)$/m.exec(status) ?? [];
  const ignoresHangup = (BigInt(`0x${ignored}`) & 1n) === 1n;
  // After the name, in which anything may stand: state, parent, group.
  const [, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ignoresHangup || Number(group) === Number.parseInt(stat, 10);
}

/**
 * Ends a process when its parent is gone, as SIGTERM does: a signal to npm or to a shell may end that and
 * no more, and `kill -9` is passed on by nobody. One that was started to stay is left alone.
 *
 * @param staysAlone whether it was, unless npm has started it
 */
export function endWithParent(child: SignalledProcess, staysAlone: boolean): void {
  if (staysAlone && !isStartedByNpm(child)) return;
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
