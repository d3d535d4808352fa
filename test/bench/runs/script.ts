import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startChild } from '../belongings.ts';

/** A script of this folder at work in a process of its own. */
export interface Script extends AsyncDisposable {
  /**
   * @returns the next line it prints, as JSON; undefined when it ended, by itself or by force
   */
  next(): Promise<unknown>;
  /** Ends it by force. */
  kill(): void;
}

/**
 * @param name file name in this folder
 * @param order what it is told, as JSON
 */
export function startScript(name: string, order: unknown): Script {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const child = startChild(process.execPath, [path, JSON.stringify(order)]);
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

/** @returns what this process was told by `startScript` */
export function order<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null');
}

/** Prints a line for `next`. */
export function post(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
