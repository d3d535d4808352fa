import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startChild } from '../belongings.ts';

/** JSON has no such number; it travels as a text. */
const INFINITY = Number.POSITIVE_INFINITY;

/** A running script in its own process. */
export interface Script extends AsyncDisposable {
  /**
   * @returns the next printed line, parsed as JSON; undefined when the script has ended or was killed
   */
  next(): Promise<unknown>;
  /** Kills the script. */
  kill(): void;
}

/**
 * @param script the script's file
 * @param order argument of the script, passed as JSON
 */
export function startScript(script: URL, order: unknown): Script {
  const json = JSON.stringify(order, (_, value) => (value === INFINITY ? String(value) : value));
  const child = startChild(process.execPath, [fileURLToPath(script), json]);
  const closed = once(child, 'close');
  if (child.stdout === null) throw new Error('no stdout');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async next() {
      const { done, value } = await lines.next();
      return done ? undefined : JSON.parse(value);
    },
    kill: () => void child.kill('SIGKILL'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** @returns the argument that `startScript` passed to this process */
export function order<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null', (_, value) =>
    value === String(INFINITY) ? INFINITY : value,
  );
}

/** Prints a line for `next`. */
export function post(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
