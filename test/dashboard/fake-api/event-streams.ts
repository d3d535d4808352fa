import type { ServerResponse } from 'node:http';
import type { LiveEvent } from '../../../src/server/live/live-event.ts';

/** Delay before a page reconnects after its stream was closed, in milliseconds. */
const RETRY_MS = 50;

/** The Server-Sent Events of `/api/events` for all connected pages. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();
  #connected = Promise.withResolvers<void>();

  /** Starts a stream. */
  add(stream: ServerResponse): void {
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    stream.write(`retry: ${RETRY_MS}\n\n`);
    stream.once('close', () => {
      this.#open.delete(stream);
      if (this.#open.size === 0) this.#connected = Promise.withResolvers();
    });
    this.#open.add(stream);
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
    for (const stream of this.#open) stream.write(text);
  }

  /** Closes all connections abruptly. */
  cut(): void {
    for (const stream of this.#open) stream.destroy();
  }
}
