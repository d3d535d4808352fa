import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerTerms } from './worker-process.ts';

const SCRIPT = fileURLToPath(new URL('worker-process.ts', import.meta.url));

/** The worker processes of one trial; disposing kills them all. */
export class WorkerChildren implements Disposable {
  readonly #terms: WorkerTerms;
  readonly #children = new Set<ChildProcess>();
  /** What they said on stderr. */
  readonly said: string[] = [];

  constructor(terms: WorkerTerms) {
    this.#terms = terms;
  }

  get living(): readonly ChildProcess[] {
    return [...this.#children];
  }

  /** Starts one and resolves when it works. */
  async start(terms: Partial<WorkerTerms> = {}): Promise<void> {
    const told = JSON.stringify({ ...this.#terms, ...terms });
    const child = spawn(process.execPath, [SCRIPT, told], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.said.push(text));
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    child.stdout.resume();
    if (child.exitCode !== null) throw new Error(`The worker ended:\n${this.said.join('')}`);
  }

  signal(signal: NodeJS.Signals): void {
    for (const child of this.#children) child.kill(signal);
  }

  [Symbol.dispose](): void {
    this.signal('SIGKILL');
  }
}
