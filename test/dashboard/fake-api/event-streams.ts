import type { ServerResponse } from 'node:http';
import type { LiveEvent } from '../../../src/server/live/live-event.ts';
import { HEARTBEAT_MS } from '../../../src/server/schemas/event-schema.ts';

/** Delay before a page reconnects after its stream was closed, in milliseconds. */
const RETRY_MS = 50;
const HEARTBEAT = 'event: heartbeat\ndata: {}\n\n';

/** The Server-Sent Events of `/api/events` for all connected pages. */
export class EventStreams {
  /** Open streams, each with what a proxy holds back; undefined: nothing. */
  readonly #open = new Map<ServerResponse, string | undefined>();
  #isHolding = false;
  #connected = Promise.withResolvers<void>();

  /** Starts a stream. */
  add(stream: ServerResponse): void {
    this.#open.set(stream, this.#isHolding ? '' : undefined);
    if (!this.#isHolding) writeHead(stream);
    this.#write(stream, `retry: ${RETRY_MS}\n\n${HEARTBEAT}`);
    const heartbeats = setInterval(() => this.#write(stream, HEARTBEAT), HEARTBEAT_MS);
    stream.once('close', () => {
      clearInterval(heartbeats);
      this.#open.delete(stream);
      if (this.#open.size === 0) this.#connected = Promise.withResolvers();
    });
    this.#connected.resolve();
  }

  /** Resolves when at least one page is connected. */
  get connected(): Promise<void> {
    return this.#connected.promise;
  }

  /** Waits for a connected page, then sends an event to all of them. */
  async send({ id, name, data }: LiveEvent): Promise<void> {
    await this.connected;
    const text = `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const stream of this.#open.keys()) this.#write(stream, text);
  }

  /** Holds back new streams, from their first byte, like a proxy that waits for their end. */
  hold(): void {
    this.#isHolding = true;
  }

  /** Delivers what was held back, and everything after it. */
  release(): void {
    this.#isHolding = false;
    for (const [stream, held] of this.#open) {
      if (held === undefined) continue;
      this.#open.set(stream, undefined);
      writeHead(stream).write(held);
    }
  }

  /** Closes all connections abruptly. */
  cut(): void {
    for (const stream of this.#open.keys()) stream.destroy();
  }

  #write(stream: ServerResponse, text: string): void {
    const held = this.#open.get(stream);
    if (held === undefined) stream.write(text);
    else this.#open.set(stream, held + text);
  }
}

const writeHead = (stream: ServerResponse): ServerResponse =>
  stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
