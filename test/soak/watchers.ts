import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/sandbox/state/random.ts';
import type { ImportPage } from '../../src/server/schemas/import-schema.ts';
import { eventsOf } from '../support/events.ts';
import type { ApiClient } from './api-client.ts';

/** Simulates pages that subscribe to events, disconnect after a while, and continue where they stopped. */
export class Watchers {
  /** Current subscribers, and the numbers of connections, received events and polls so far. */
  readonly counts = { now: 0, connections: 0, events: 0, polls: 0 };
  readonly #apiClient: ApiClient;
  readonly #random: Random;

  constructor(apiClient: ApiClient, random: Random) {
    this.#apiClient = apiClient;
    this.#random = random;
  }

  /** Subscribes to live events repeatedly until the signal aborts. */
  async subscribe(signal: AbortSignal): Promise<void> {
    let path = '/api/events';
    let last = '';
    while (!signal.aborted) {
      const gone = AbortSignal.any([
        signal,
        AbortSignal.timeout(Math.floor(500 + this.#random() * 9_000)),
      ]);
      last = await this.#readEvents(path, last, gone);
      if (this.#random() > 0.3) continue;
      last = '';
      const id = await this.#anyImport();
      path = id === undefined || this.#random() < 0.5 ? '/api/events' : `/api/imports/${id}/events`;
    }
  }

  /** Requests random routes until the signal aborts. */
  async poll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(100 + this.#random() * 400);
      const id = await this.#anyImport();
      const at = `/api/imports/${id}`;
      const paths = [
        ...['/api/imports', '/api/portal', '/readyz', '/api/pairs?user_id=7', '/api/openapi.json'],
        ...['', '/pairs', '/pairs?outcome=failed', '/pairs?group_id=7', '/groups', '/audit'].map(
          (rest) => at + rest,
        ),
        ...['/rate', '/review', '/results.csv', '/results.csv?outcome=failed'].map(
          (rest) => at + rest,
        ),
      ].filter((path) => id !== undefined || !path.startsWith(at));
      const path = paths[Math.floor(this.#random() * paths.length)] ?? '/api/imports';
      // Some requests are aborted before the end of the answer.
      const init =
        this.#random() < 0.05
          ? { signal: AbortSignal.timeout(Math.floor(this.#random() * 30)) }
          : {};
      if (init.signal === undefined) await this.#apiClient.request(path);
      else await this.#abortRequest(path, init.signal);
      this.counts.polls++;
    }
  }

  /** @returns the id of the last event */
  async #readEvents(path: string, from: string, gone: AbortSignal): Promise<string> {
    let last = from;
    try {
      const headers = new Headers(last === '' ? {} : { 'last-event-id': last });
      const answer = await this.#apiClient.open(path, { headers, signal: gone });
      this.counts.connections++;
      this.counts.now++;
      try {
        for await (const { id } of eventsOf(answer)) {
          last = id;
          this.counts.events++;
        }
      } finally {
        this.counts.now--;
      }
    } catch {
      await sleep(50);
    }
    return last;
  }

  async #abortRequest(path: string, signal: AbortSignal): Promise<void> {
    try {
      const answer = await this.#apiClient.open(path, { signal });
      await answer.text();
    } catch {
      await sleep(20);
    }
  }

  async #anyImport(): Promise<number | undefined> {
    const page = await this.#apiClient.json<ImportPage>('/api/imports?limit=30');
    return page?.items[Math.floor(this.#random() * page.items.length)]?.id;
  }
}
