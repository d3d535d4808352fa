import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../support/services/free-port.ts';
import { startChild, temporaryFolder } from './belongings.ts';

/** A redis-server on a port of its own, which counts the commands of the program. */
export interface BenchRedis extends AsyncDisposable {
  readonly url: string;
  /** Commands executed so far, by name in lower case. */
  commands(): Promise<Record<string, number>>;
}

const ANSWER_MS = 10_000;

/** @throws Error when no redis-server is installed or it does not answer */
export async function startBenchRedis(): Promise<BenchRedis> {
  const folder = temporaryFolder();
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', dir: folder.path, save: '', appendonly: 'no' };
  const argv = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = startChild('redis-server', [...argv, '--maxmemory-policy', 'noeviction']);
  child.stdout?.resume();
  const closed = once(child, 'close');
  const redis = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: null });
  redis.on('error', () => {});
  const maxWait = sleep(ANSWER_MS, 'late', { ref: false });
  if ((await Promise.race([redis.ping(), maxWait, closed])) !== 'PONG') {
    redis.disconnect();
    throw new Error('redis-server does not answer');
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    async commands() {
      const found = (await redis.info('commandstats')).matchAll(/cmdstat_([^:]+):calls=(\d+)/g);
      return Object.fromEntries([...found].map(([, name = '', calls]) => [name, Number(calls)]));
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect();
      child.kill();
      await closed;
      folder[Symbol.dispose]();
    },
  };
}
