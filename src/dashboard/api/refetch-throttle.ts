import type { QueryClient } from '@tanstack/react-query';
import { importKey } from './imports-api.ts';

/** Interval between refetches of the tables and charts of an import, in milliseconds. */
const PAUSE_MS = 2_500;

/** Refetches the tables and charts of an import when the import has changed. */
export class Figures {
  readonly #client: QueryClient;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(client: QueryClient) {
    this.#client = client;
  }

  /** Requests a refetch; a change soon after another one is refetched as well. */
  changed(id: number, atOnce: boolean): void {
    if (atOnce) this.#refresh(id);
    else if (!this.#timers.has(id)) {
      this.#timers.set(
        id,
        setTimeout(() => this.#refresh(id), PAUSE_MS),
      );
    }
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #refresh(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    void this.#client.invalidateQueries({ queryKey: [...importKey(id), 'figures'] });
  }
}
