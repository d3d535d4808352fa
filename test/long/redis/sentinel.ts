import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSigned } from '../../portal/certificate.ts';
import { freePort } from '../../support/services/free-port.ts';

/** A master, a replica and a Sentinel, all with TLS and passwords. */
export interface WatchedRedis extends AsyncDisposable {
  /** Value of `REDIS_URL`, including the passwords. */
  readonly url: string;
  /** Path of the certificate for `NODE_EXTRA_CA_CERTS`. */
  readonly certificate: string;
  readonly passwords: readonly string[];
  /** Suspends the replica, so that it receives no further data, until `failOver`. */
  freezeReplica(): void;
  /** Kills the master; resolves when the Sentinel has promoted the replica. */
  failOver(): Promise<void>;
}

const PASSWORD = 'of Redis+1';
const SENTINEL_PASSWORD = 'of-Sentinel';

/** @param folder folder for its files */
export async function startWatchedRedis(folder: string): Promise<WatchedRedis> {
  const [master = 0, replica = 0, sentinel = 0] = await Promise.all([1, 2, 3].map(freePort));
  const certificate = join(folder, 'redis.crt');
  const { key, cert } = selfSigned();
  writeFileSync(certificate, cert);
  writeFileSync(join(folder, 'redis.key'), key);
  const common = [
    ...['port 0', 'bind 127.0.0.1', 'tls-auth-clients no', 'tls-replication yes'],
    ...[`tls-cert-file ${certificate}`, `tls-ca-cert-file ${certificate}`],
    `tls-key-file ${join(folder, 'redis.key')}`,
  ];
  const redis = [
    ...[...common, 'save ""', `requirepass "${PASSWORD}"`, `masterauth "${PASSWORD}"`],
    'repl-diskless-sync-delay 0',
  ];
  const watch = [
    ...[...common, `requirepass ${SENTINEL_PASSWORD}`],
    `sentinel monitor invites 127.0.0.1 ${master} 1`,
    `sentinel auth-pass invites "${PASSWORD}"`,
    'sentinel down-after-milliseconds invites 500',
    'sentinel failover-timeout invites 3000',
  ];
  await using stack = new AsyncDisposableStack();
  const start = async (port: number, settings: string[], words: RegExp, ...argv: string[]) => {
    const home = join(folder, String(port));
    mkdirSync(home);
    const file = join(home, 'redis.conf');
    writeFileSync(file, [...settings, `tls-port ${port}`, `dir ${home}`, ''].join('\n'));
    const server = new Server(spawn('redis-server', [file, ...argv]));
    stack.use(server);
    await server.prints(words);
    return server;
  };
  const first = await start(master, redis, /Ready to accept connections/);
  const follow = [...redis, `replicaof 127.0.0.1 ${master}`];
  const second = await start(replica, follow, /MASTER <-> REPLICA sync: Finished/);
  const watcher = await start(sentinel, watch, /\+slave /, '--sentinel');
  const opened = stack.move();
  return {
    url: `rediss+sentinel://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${sentinel}/invites/0?sentinel_password=${SENTINEL_PASSWORD}`,
    certificate,
    passwords: [PASSWORD, encodeURIComponent(PASSWORD), SENTINEL_PASSWORD],
    freezeReplica: () => second.child.kill('SIGSTOP'),
    async failOver() {
      first.child.kill('SIGKILL');
      await once(first.child, 'exit');
      second.child.kill('SIGCONT');
      await watcher.prints(/\+switch-master/);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

class Server implements AsyncDisposable {
  readonly child: ChildProcess;
  #log = '';
  readonly #check = new Set<() => void>();

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        this.#log += text;
        for (const check of this.#check) check();
      });
    }
    child.once('exit', () => {
      for (const check of this.#check) check();
    });
  }

  /** Resolves when the log contains the words. @throws Error when the server ends without them */
  async prints(words: RegExp): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const check = (): void => {
      if (words.test(this.#log)) resolve();
      else if (this.child.exitCode !== null) reject(new Error(`The server ended:\n${this.#log}`));
    };
    this.#check.add(check);
    check();
    await promise.finally(() => this.#check.delete(check));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}
