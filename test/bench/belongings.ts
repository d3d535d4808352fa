import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Removed when the bench ends, also after an error or a signal. */
const children = new Set<ChildProcess>();
const folders = new Set<string>();

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) remove(folder);
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

/** Creates a folder for temporary files; disposing removes it. */
export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'bulk-invite-bench-'));
  folders.add(path);
  return {
    path,
    [Symbol.dispose]() {
      remove(path);
      folders.delete(path);
    },
  };
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Starts a process that ends with the bench and writes to its stderr. */
export function startChild(command: string, argv: readonly string[]): ChildProcess {
  const child = spawn(command, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}
