import { Redis, type RedisOptions } from 'ioredis';

/** So many looks in a row without an answer, and nobody is there. */
const LOOKS = 4;

/**
 * A connection that notices when nobody is at its other end any more: a machine without power and a
 * firewall that forgot say nothing, and the system itself waits a quarter of an hour. Nothing that
 * the program asks of Redis takes longer than some seconds.
 */
export class LiveRedis extends Redis {
  readonly #silenceMs: number;

  /** @param silenceMs after how long without an answer it connects anew, in milliseconds */
  constructor(options: RedisOptions, silenceMs: number) {
    super(options);
    this.#silenceMs = silenceMs;
    this.on('connect', () => this.#watch());
  }

  /** BullMQ and the budget make their own connections so. */
  override duplicate(override: RedisOptions = {}): Redis {
    return new LiveRedis({ ...this.options, ...override }, this.#silenceMs);
  }

  #watch(): void {
    const { stream } = this;
    const seconds = this.#silenceMs / 1_000;
    let [read, silent] = [stream.bytesRead, 0];
    const look = (): void => {
      silent = stream.bytesRead === read ? silent + 1 : 0;
      read = stream.bytesRead;
      // Where nothing was asked nothing is heard; what waits for a job answers within seconds.
      if (silent === 1 && this.status === 'ready') this.ping().catch(() => {});
      if (silent > LOOKS) {
        stream.destroy(new Error(`nothing was heard of it for ${seconds} seconds`));
      }
    };
    const timer = setInterval(look, this.#silenceMs / LOOKS).unref();
    stream.once('close', () => clearInterval(timer));
  }
}
