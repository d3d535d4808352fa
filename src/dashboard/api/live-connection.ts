import type { QueryClient } from '@tanstack/react-query';
import type { EventData, EventName } from '../../server/schemas/event-schema.ts';
import { takeGone, takeImport, takePortal } from './apply-event.ts';
import { EventFlow } from './event-flow.ts';
import { Figures } from './refetch-throttle.ts';
import { onServer } from './server-address.ts';
import { sessionQuery } from './session-api.ts';

/** Delay before a reconnect when the browser itself has given up, in milliseconds. */
const PAUSE_MS = 2_000;
/** Interval between checks of the events, in milliseconds. */
const CHECK_MS = 1_000;
/** Interval between polls while events are held back, in milliseconds. */
export const POLL_MS = 5_000;
/** The first part of the query keys that events update. */
const LIVE = new Set<unknown>(['imports', 'import', 'portal']);

/** `polling`: the server answers, but its events do not arrive. `lost`: it does not answer. */
export type LiveStatus = 'live' | 'polling' | 'lost';

/** Updates the cache with the events of the server, or by polling while events are held back. */
export class LiveConnection {
  readonly #client: QueryClient;
  readonly #show: (status: LiveStatus) => void;
  readonly #flow = new EventFlow(performance.now());
  #figures: Figures;
  #source: EventSource | undefined;
  #reconnect: ReturnType<typeof setTimeout> | undefined;
  #checks: ReturnType<typeof setInterval> | undefined;
  #isConnected = true;
  /** Whether the last poll was answered. */
  #isPolled = false;
  #polledAt = 0;
  /** Whether events were missed since the page was loaded. */
  #hasMissed = false;

  constructor(client: QueryClient, show: (status: LiveStatus) => void) {
    this.#client = client;
    this.#show = show;
    this.#figures = new Figures(client);
  }

  open(): void {
    this.#stop();
    this.#figures = new Figures(this.#client);
    this.#flow.restart(performance.now());
    this.#connect();
    this.#checks = setInterval(() => this.#check(), CHECK_MS);
  }

  close(): void {
    this.#hasMissed = true;
    this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#reconnect);
    clearInterval(this.#checks);
    this.#source?.close();
    this.#figures.close();
  }

  #connect(): void {
    const source = new EventSource(onServer('/api/events'));
    this.#source = source;
    source.addEventListener('open', () => {
      this.#isConnected = true;
      if (this.#hasMissed) void this.#client.invalidateQueries();
      this.#hasMissed = false;
      this.#update();
    });
    source.addEventListener('error', () => {
      this.#hasMissed = true;
      this.#isConnected = false;
      this.#flow.disconnected();
      this.#update();
      if (source.readyState !== EventSource.CLOSED) return;
      void this.#client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      this.#reconnect = setTimeout(() => this.#connect(), PAUSE_MS);
    });
    const client = this.#client;
    this.#listen(source, 'import', (it) => takeImport(client, it, this.#figures));
    this.#listen(source, 'gone', (it) => takeGone(client, it));
    this.#listen(source, 'portal', (it) => takePortal(client, it));
    this.#listen(source, 'heartbeat', () => {});
  }

  #listen<Name extends EventName>(
    source: EventSource,
    name: Name,
    take: (data: EventData<Name>) => void,
  ): void {
    source.addEventListener(name, ({ data }: MessageEvent<string>) => {
      if (this.#flow.received(performance.now())) this.#update();
      take(JSON.parse(data));
    });
  }

  #check(): void {
    const now = performance.now();
    if (this.#flow.isHeldBack(now) && now - this.#polledAt >= POLL_MS) {
      this.#polledAt = now;
      void this.#poll();
    }
    this.#update();
  }

  async #poll(): Promise<void> {
    try {
      await this.#client.fetchQuery({ ...sessionQuery, staleTime: 0, retry: false });
      this.#isPolled = true;
      const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => LIVE.has(queryKey[0]);
      void this.#client.invalidateQueries({ predicate }, { cancelRefetch: false });
    } catch {
      this.#isPolled = false;
      this.#isConnected = false;
      this.#flow.restart(performance.now());
    }
    this.#update();
  }

  #update(): void {
    const isPolling = this.#isPolled && this.#flow.isHeldBack(performance.now());
    this.#show(isPolling ? 'polling' : this.#isConnected ? 'live' : 'lost');
  }
}
