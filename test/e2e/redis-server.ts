import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../support/free-port.ts';

/** A Redis as an office may run one, apart from the program. */
export interface OfficeRedis extends AsyncDisposable {
  readonly url: string;
}

/**
 * @param folder where it may write
 * @param policy further settings, as on its command line
 */
export async function startOfficeRedis(folder: string, ...policy: string[]): Promise<OfficeRedis> {
  return startOfficeRedisAt(await freePort(), folder, ...policy);
}

/** Starts it at a port, where one that ended may have been. */
export async function startOfficeRedisAt(
  port: number,
  folder: string,
  ...policy: string[]
): Promise<OfficeRedis> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', ...policy];
  const server = spawn('redis-server', settings, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(server, 'exit');
  let log = '';
  await new Promise<void>((resolve, reject) => {
    server.stdout.setEncoding('utf8').on('data', (text) => {
      log += text;
      if (log.includes('Ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`redis-server ended:\n${log}`)));
    server.once('error', reject);
  });
  return {
    url: `redis://127.0.0.1:${port}/0`,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await exited;
    },
  };
}
