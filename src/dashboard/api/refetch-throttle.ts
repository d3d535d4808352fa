import type { QueryClient } from '@tanstack/react-query';
import { importKey } from './imports-api.ts';

/** Tables and charts of a moving import are asked for again no more often than this. */
const PAUSE_MS = 2_500;

/** Has what stands behind an import asked for again when the import has changed. */
export class Figures {
  readonly #client: QueryClient;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(client: QueryClient) {
    this.#client = client;
  }

  /** Something has changed: the last change counts as well, however soon it comes. */
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
