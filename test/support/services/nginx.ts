import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** The PATH of a user other than root does not have it on Debian. */
const SYSTEM = '/usr/sbin';

/** @returns the path of nginx; undefined when it is not installed */
export const findNginx = (): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), SYSTEM]
    .map((folder) => join(folder, 'nginx'))
    .find((path) => existsSync(path));

/**
 * Starts nginx in a temporary folder, and waits until it listens.
 *
 * @param servers the `server` blocks of its configuration
 */
export async function startNginx(path: string, servers: string): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join('\n');
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log stderr notice;
events {}
http {
access_log off;
${temporary}
${servers}
}
`,
  );
  const child = spawn(path, ['-p', folder, '-c', file, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit');
  const said: string[] = [];
  let isListening = false;
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    // It is written after the sockets are open.
    isListening = /event method/.test(line);
    if (isListening) break;
  }
  if (!isListening) throw new Error(`nginx did not start: ${said.join('\n')}`);
  child.stderr.resume();
  return {
    async [Symbol.asyncDispose]() {
      process.off('exit', kill);
      kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
