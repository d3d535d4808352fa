import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** The part of a process that this module uses. */
export interface SignalledProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  kill(pid: number, signal: NodeJS.Signals): unknown;
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  listenerCount(signal: NodeJS.Signals): number;
  exit(code: number): unknown;
}

/** Interval between checks of the parent process, in milliseconds. */
const PARENT_MS = 250;

/** @returns whether npm, or a program like it, runs the process as a script */
export const isStartedByNpm = ({ env }: Pick<SignalledProcess, 'env'>): boolean =>
  env.npm_lifecycle_event !== undefined;

/** @returns the contents of the file in `/proc/self`; undefined on systems other than Linux */
export function readOfSelf(file: 'stat' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/self/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param stat contents of `/proc/self/stat`; undefined on systems other than Linux
 * @param status contents of `/proc/self/status`; likewise
 * @returns whether a process was started to outlive its parent: by `nohup`, which makes it ignore
 * SIGHUP, by `setsid` or a service manager, or as a separate job of an interactive shell
 */
export function isToStay(stat: string | undefined, status: string | undefined): boolean {
  if (stat === undefined || status === undefined) return true;
  const [, ignored = '0'] = /^SigIgn:\s*([\da-f]+)$/m.exec(status) ?? [];
  const ignoresHangup = (BigInt(`0x${ignored}`) & 1n) === 1n;
  // After the name, which can contain any character: state, parent, group.
  const [, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ignoresHangup || Number(group) === Number.parseInt(stat, 10);
}

/**
 * Ends a process with SIGTERM when its parent has ended. A signal to npm or to a shell can end only
 * that process, and `kill -9` is never forwarded. Does nothing for a process that was started to
 * outlive its parent.
 *
 * @param staysAlone whether the process was started to outlive its parent; ignored when npm started
 * it
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
 * Ends process 1, which is the program in a container without an init, at a signal that no command
 * listens for. The system does this for every other process, and ignores the signal for process 1.
 */
export function endAsProcessOne(one: SignalledProcess): void {
  if (one.pid !== 1) return;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    one.on(name, () => {
      if (one.listenerCount(name) === 1) one.exit(128 + constants.signals[name]);
    });
  }
}
