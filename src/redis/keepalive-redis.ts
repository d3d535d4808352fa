import { Redis, type RedisOptions } from 'ioredis';

/** So many looks in a row without an answer, and nobody is there. */
const PROBES = 4;
/** The same of a program that ends, in milliseconds: nobody should wait for it. */
const ENDING_SILENCE_MS = 2_000;

/** When a connection is given up. */
export interface Silence {
  /** After how long without an answer it connects anew, in milliseconds. */
  silenceMs: number;
  /** Once aborted, a Redis that is silent is not waited for. @default never */
  ending?: AbortSignal | undefined;
}

/**
 * A connection that notices when nobody is at its other end any more: a machine without power and a
 * firewall that forgot say nothing, and the system itself waits a quarter of an hour. Nothing that
 * the program asks of Redis takes longer than some seconds.
 */
export class LiveRedis extends Redis {
  readonly #silence: Silence;

  constructor(options: RedisOptions, silence: Silence) {
    super(options);
    this.#silence = silence;
    this.on('connect', () => this.#watch());
  }

  /** BullMQ and the budget make their own connections so. */
  override duplicate(override: RedisOptions = {}): Redis {
    return new LiveRedis({ ...this.options, ...override }, this.#silence);
  }

  /**
   * What ioredis and BullMQ read of every server at its start. They write to the console what they
   * think of rights, policy and version; the program says itself what matters, so that is left out here.
   * By the version BullMQ knows how it may wait, and 6.0 waits as 6.2 does.
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
    // Where nothing was asked nothing is heard; what waits for a job answers within seconds.
    const ask = (): void => {
      if (this.status === 'ready') this.ping().catch(() => {});
    };
    const look = (): void => {
      silent = stream.bytesRead === read ? silent + 1 : 0;
      read = stream.bytesRead;
      if (silent === 1) ask();
      if (silent > PROBES) {
        stream.destroy(new Error(`no data received for ${seconds} seconds`));
      }
    };
    const timer = setInterval(look, silenceMs / PROBES).unref();
    const onEnding = (): void => {
      const before = stream.bytesRead;
      ask();
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
