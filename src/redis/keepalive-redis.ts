import { Redis, type RedisOptions } from 'ioredis';

/** Checks within the silence limit: the first one without data sends a ping. */
const PROBES = 4;
/** Longest wait for data while the program ends, in milliseconds. */
const ENDING_SILENCE_MS = 2_000;

/** When a connection counts as lost. */
export interface Silence {
  /** Longest time without data before it reconnects, in milliseconds. */
  silenceMs: number;
  /** Shortens that when aborted. @default never */
  ending?: AbortSignal | undefined;
}

/**
 * A connection that detects a lost peer: a machine without power and a firewall that dropped its state send
 * nothing, and the system itself notices after a quarter of an hour. No command of the program takes longer
 * than some seconds.
 *
 * The option `socketTimeout` of ioredis 5.11 does not do: its timer survives the connection, and destroys
 * the next one.
 */
export class KeepAliveRedis extends Redis {
  readonly #silence: Silence;

  constructor(options: RedisOptions, silence: Silence) {
    super(options);
    this.#silence = silence;
    this.on('connect', () => this.#watch());
  }

  /** BullMQ and the budget create their connections with it. */
  override duplicate(override: RedisOptions = {}): Redis {
    return new KeepAliveRedis({ ...this.options, ...override }, this.#silence);
  }

  /**
   * ioredis and BullMQ read it from every server at the start, and write to the console about rights, policy
   * and version. The program reports itself what matters, so those are removed. BullMQ decides by the version
   * how to block, and Redis 6.0 blocks as 6.2 does.
   */
  override info(...argv: unknown[]): Promise<string> {
    const [callback] = argv.filter((argument) => typeof argument === 'function');
    const sections = argv.filter((argument) => typeof argument === 'string');
    const answer = this.call('info', ...sections).then(
      (text) =>
        String(text)
          .replace(/^maxmemory_policy:.*\r?\n/m, '')
          .replace(/^redis_version:6\.[01]\..*/m, 'redis_version:6.2.0'),
      (error: unknown) => {
        if (error instanceof Error && error.message.startsWith('NOPERM')) return '';
        throw error;
      },
    );
    if (callback !== undefined) {
      answer.then(
        (text) => callback(null, text),
        (error: unknown) => callback(error),
      );
    }
    return answer;
  }

  #watch(): void {
    const { stream } = this;
    const { silenceMs, ending } = this.#silence;
    const seconds = silenceMs / 1_000;
    let [read, silent] = [stream.bytesRead, 0];
    // An idle connection receives nothing; a blocking command returns within seconds.
    const ping = (): void => {
      if (this.status === 'ready') this.ping().catch(() => {});
    };
    const check = (): void => {
      silent = stream.bytesRead === read ? silent + 1 : 0;
      read = stream.bytesRead;
      if (silent === 1) ping();
      if (silent > PROBES) {
        stream.destroy(new Error(`no data received for ${seconds} seconds`));
      }
    };
    const timer = setInterval(check, silenceMs / PROBES).unref();
    const onEnding = (): void => {
      const before = stream.bytesRead;
      ping();
      setTimeout(() => {
        if (stream.bytesRead === before) stream.destroy();
      }, ENDING_SILENCE_MS).unref();
    };
    if (ending?.aborted) onEnding();
    else ending?.addEventListener('abort', onEnding, { once: true });
    stream.once('close', () => {
      clearInterval(timer);
      ending?.removeEventListener('abort', onEnding);
    });
  }
}
