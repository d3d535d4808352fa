import { countPending, type Import } from '../../domain/import.ts';
import { Pace } from '../../domain/pace.ts';
import { findImport, importsInMotion } from '../../ledger/imports.ts';
import type { Db } from '../../ledger/schema.ts';
import { readTallies } from '../../ledger/tallies.ts';
import type { ImportViews } from '../views/import-views.ts';
import {
  goneEvent,
  importContent,
  importEvent,
  type LiveEvent,
  portalContent,
  portalEvent,
} from './live-event.ts';
import type { PortalWatch } from './portal-watch.ts';

/** How often the ledger is looked at. */
const LOOK_MS = 250;
/** A thing is told no more often than this. */
const TELL_MS = 1_000;
/** An import that ended is looked at a little longer: its last outcomes may come after its end. */
const AFTERMATH_MS = 60_000;

/** What was told of a thing, and when. */
interface Told {
  at: number;
  content: string;
}

/** Tells listeners what changes. The ledger is asked, so that what other processes do is told as well. */
export class Live {
  readonly #db: Db;
  readonly #views: ImportViews;
  readonly #watch: PortalWatch;
  readonly #now: () => number;
  readonly #paces = new Map<number, Pace>();
  /** By import, and of the portal. */
  readonly #told = new Map<number | 'portal', Told>();
  readonly #again = new Set<number>();
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  /** @param now milliseconds, of a clock that does not run backwards */
  constructor(
    db: Db,
    watch: PortalWatch,
    views: (live: Live) => ImportViews,
    now = () => performance.now(),
  ) {
    this.#db = db;
    this.#watch = watch;
    this.#now = now;
    this.#views = views(this);
  }

  /** @returns how fast an import gets on, as far as it does */
  paceOf(importId: number): Pace | undefined {
    return this.#paces.get(importId);
  }

  get views(): ImportViews {
    return this.#views;
  }

  /** Begins to look. */
  start(onSurprise: (error: unknown) => void): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.look()
        .catch(onSurprise)
        .finally(() => {
          this.#looking = undefined;
        });
    }, LOOK_MS);
  }

  /** Ends looking. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Tells a listener what happens from now on, until the returned function is called. */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells that an import is no more. */
  gone(id: number, by: number | null): void {
    this.#emit(goneEvent(id, by));
  }

  /** Tells of an import that has not changed, for more is known of what belongs to it. */
  tellAgain(id: number): void {
    this.#again.add(id);
  }

  /** Reads the ledger once and tells listeners what has changed. */
  async look(): Promise<void> {
    const since = new Date(Date.now() - AFTERMATH_MS);
    const imports = await importsInMotion(this.#db, since);
    const ids = new Set(imports.map(({ id }) => id));
    for (const id of this.#paces.keys()) if (!ids.has(id)) this.#paces.delete(id);
    for (const id of this.#told.keys()) if (id !== 'portal' && !ids.has(id)) this.#told.delete(id);
    for (const found of imports) await this.#notePace(found);
    if (this.#listeners.size === 0) return;
    for (const found of imports) await this.#tell(found);
    for (const id of this.#again) {
      const found = await findImport(this.#db, id);
      if (found === undefined) this.#again.delete(id);
      else await this.#tell(found);
    }
    await this.#tellPortal();
  }

  async #notePace({ id, state }: Import): Promise<void> {
    if (state !== 'running') {
      this.#paces.delete(id);
      return;
    }
    const pace = this.#paces.get(id) ?? new Pace();
    this.#paces.set(id, pace);
    pace.note(this.#now(), -countPending(await readTallies(this.#db, id)));
  }

  async #tell(found: Import): Promise<void> {
    if (this.#isRecent(found.id)) return;
    const isAgain = this.#again.delete(found.id);
    const view = await this.#views.showOne(found);
    const content = importContent(view);
    // The rate sinks on its own while nothing moves; the page should see that as well.
    if (!isAgain && this.#isTold(found.id, content) && view.perMinute === 0) return;
    const isFirst = !this.#told.has(found.id);
    this.#told.set(found.id, { at: this.#now(), content });
    this.#emit(importEvent(view, isFirst));
  }

  async #tellPortal(): Promise<void> {
    if (this.#isRecent('portal')) return;
    const data = await this.#watch.now();
    const content = portalContent(data);
    if (this.#isTold('portal', content)) return;
    this.#told.set('portal', { at: this.#now(), content });
    this.#emit(portalEvent(data));
  }

  #isRecent(key: number | 'portal'): boolean {
    const told = this.#told.get(key);
    return told !== undefined && this.#now() - told.at < TELL_MS;
  }

  #isTold(key: number | 'portal', content: string): boolean {
    return this.#told.get(key)?.content === content;
  }

  #emit(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
