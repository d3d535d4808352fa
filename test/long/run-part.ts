import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One part of the long checks: a command. */
export interface Part {
  name: string;
  /** The program and its arguments. */
  command: readonly [program: string, ...args: string[]];
  /** Additional environment variables. */
  environment?: Readonly<Record<string, string>>;
  /** Time limit in seconds, after which the command and its child processes are killed and the part fails. */
  limitSeconds: number;
}

/** Result of a part. */
export interface PartResult {
  part: Part;
  seconds: number;
  /** Why it failed; undefined when it passed. */
  failure: string | undefined;
  /** Output of stdout and stderr. */
  output: string;
}

/** Longest wait for the last output after the process has ended, in milliseconds. */
const LAST_OUTPUT_MS = 2_000;

/**
 * Runs a part to its end.
 *
 * @param signal kills the part when it aborts
 */
export async function runPart(part: Part, signal: AbortSignal): Promise<PartResult> {
  const startedAt = performance.now();
  const limit = AbortSignal.timeout(part.limitSeconds * 1_000);
  const [program, ...args] = part.command;
  const child = spawn(program, args, {
    env: { ...process.env, ...part.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const closed = once(child, 'close');
  closed.catch(() => {});
  const kill = () => killWithDescendants(child.pid);
  const stop = AbortSignal.any([signal, limit]);
  stop.addEventListener('abort', kill);
  const end = await once(child, 'exit').catch((error: unknown) => [String(error)]);
  stop.removeEventListener('abort', kill);
  await Promise.race([closed.catch(() => {}), sleep(LAST_OUTPUT_MS, undefined, { ref: false })]);
  const seconds = (performance.now() - startedAt) / 1_000;
  return { part, seconds, failure: whyFailed(end, part, { signal, limit }), output };
}

function whyFailed(
  [code, killedBy]: unknown[],
  { limitSeconds }: Part,
  { signal, limit }: { signal: AbortSignal; limit: AbortSignal },
): string | undefined {
  if (code === 0) return undefined;
  if (signal.aborted) return 'interrupted';
  if (limit.aborted) return `killed after ${limitSeconds} s`;
  return `ended with ${code ?? killedBy}`;
}

/** Kills a process and its descendants, also those in other process groups. */
function killWithDescendants(pid: number | undefined): void {
  if (pid === undefined) return;
  for (const each of [pid, ...descendantsOf(pid)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // The process has ended in the meantime.
    }
  }
}

function descendantsOf(ancestor: number): number[] {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of processes()) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [ancestor];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found.slice(1);
}

/** @returns all processes, from `/proc` on Linux, which can lack `ps`, and from `ps` on other systems */
function processes(): { pid: number; parent: number }[] {
  if (!existsSync('/proc/self/stat')) {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=']).toString().trim().split('\n');
    return lines.map((line) => {
      const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent };
    });
  }
  return readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
    // The state and the parent follow the name in parentheses, which can contain any characters.
    const parent = stat?.slice(stat.lastIndexOf(')')).split(' ')[2];
    return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
  });
}

function statOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}
