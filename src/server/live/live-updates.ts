import type { Import } from '../../domain/imports/import.ts';
import type { Tally } from '../../domain/pairs/outcome.ts';
import { ThroughputMeter } from '../../domain/time/throughput-meter.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { countInFlight } from '../../ledger/delivery/in-flight.ts';
import { digestDrafts, findImports, importsInMotion } from '../../ledger/imports/import-store.ts';
import { readTalliesOf } from '../../ledger/tallies/tallies.ts';
import type { ImportViews } from '../presenters/import-views.ts';
import type { Import as ImportView } from '../schemas/import-schema.ts';
import {
  goneEvent,
  importContent,
  importEvent,
  type LiveEvent,
  portalContent,
  portalEvent,
} from './live-event.ts';
import type { PortalMonitor } from './portal-monitor.ts';

/** Interval between reads of the ledger, in milliseconds. */
const POLL_MS = 250;
/** Minimum interval between events of one object, and between reads of drafts, in milliseconds. */
const PUBLISH_MS = 1_000;
/** How long an import is read after its end, in milliseconds: outcomes can arrive later. */
const AFTERMATH_MS = 60_000;
/** Most drafts per poll: all at once, after a start, would be too much for a connection. */
const DRAFTS_AT_ONCE = 20;

/** What was published about an object, and when. */
interface Reported {
  at: number;
  content: string;
  /** The data that an import was rendered from; the same data is not rendered again. */
  digest?: string | undefined;
  /** The figures of an import that change with time alone. */
  figures?: Figures;
}

type Figures = Pick<ImportView, 'perMinute' | 'etaSeconds'>;

/** A smaller change of the remaining time is not published, in seconds. */
const ETA_STEP_SECONDS = 10;

function haveMoved(before: Figures, now: Figures): boolean {
  const { perMinute, etaSeconds } = now;
  if (perMinute !== before.perMinute) return true;
  if (etaSeconds === null || before.etaSeconds === null) return etaSeconds !== before.etaSeconds;
  return Math.abs(etaSeconds - before.etaSeconds) >= ETA_STEP_SECONDS;
}

/** Publishes changes. It polls the ledger, because other processes change imports as well. */
export class LiveUpdates {
  readonly #db: Db;
  readonly #views: ImportViews;
  readonly #monitor: PortalMonitor;
  readonly #now: () => number;
  readonly #paces = new Map<number, ThroughputMeter>();
  /** By import id, and for the portal. */
  readonly #reported = new Map<number | 'portal', Reported>();
  readonly #again = new Set<number>();
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  #drafts: { at: number; digests: ReadonlyMap<number, string> } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #polling: Promise<void> | undefined;

  /** @param now milliseconds of a monotonic clock */
  constructor(
    db: Db,
    monitor: PortalMonitor,
    views: (live: LiveUpdates) => ImportViews,
    now = () => performance.now(),
  ) {
    this.#db = db;
    this.#monitor = monitor;
    this.#now = now;
    this.#views = views(this);
  }

  /** @returns the throughput of an import; undefined when it is not running */
  paceOf(importId: number): ThroughputMeter | undefined {
    return this.#paces.get(importId);
  }

  get views(): ImportViews {
    return this.#views;
  }

  start(reportError: (error: unknown) => void): void {
    this.#timer = setInterval(() => {
      this.#polling ??= this.poll()
        .catch(reportError)
        .finally(() => {
          this.#polling = undefined;
        });
    }, POLL_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#polling;
  }

  listen(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Publishes that an import was removed. */
  gone(id: number, by: number | null): void {
    this.#emit(goneEvent(id, by));
  }

  /** Publishes an import again that has not changed itself, because related data has changed. */
  republish(id: number): void {
    this.#again.add(id);
  }

  /** Reads the ledger once and publishes what has changed. */
  async poll(): Promise<void> {
    const since = new Date(Date.now() - AFTERMATH_MS);
    const imports = await importsInMotion(this.#db, since);
    const tallies = await readTalliesOf(this.#db, idsOf(imports));
    this.#notePaces(imports, tallies);
    if (this.#listeners.size === 0) return;
    await this.#publishDrafts();
    const inFlight = await countInFlight(this.#db, idsOf(imports));
    await this.#publishMoving(imports, (id) => [tallies.get(id), inFlight.get(id)]);
    await this.#publishGone(imports);
    await this.#publishPortal();
  }

  #notePaces(imports: readonly Import[], tallies: ReadonlyMap<number, Tally[]>): void {
    const running = new Set(idsOf(imports.filter(({ state }) => state === 'running')));
    for (const id of this.#paces.keys()) if (!running.has(id)) this.#paces.delete(id);
    for (const id of running) {
      const pace = this.#paces.get(id) ?? new ThroughputMeter();
      this.#paces.set(id, pace);
      pace.noteImport(this.#now(), 'running', tallies.get(id) ?? []);
    }
  }

  async #publishDrafts(): Promise<void> {
    const now = this.#now();
    if (this.#drafts === undefined || now - this.#drafts.at >= PUBLISH_MS) {
      this.#drafts = { at: now, digests: await digestDrafts(this.#db) };
    }
    const digests = new Map<number, string>();
    for (const [id, stored] of this.#drafts.digests) {
      const digest = JSON.stringify([stored, this.#views.progressOf(id)]);
      if (this.#isDue(id, digest)) digests.set(id, digest);
      if (digests.size === DRAFTS_AT_ONCE) break;
    }
    await this.#publish(await findImports(this.#db, [...digests.keys()]), digests);
  }

  /** @param figures returns the counts of an import */
  async #publishMoving(
    imports: readonly Import[],
    figures: (id: number) => readonly unknown[],
  ): Promise<void> {
    const digests = new Map<number, string>();
    const due = imports.filter((found) => {
      const { id, state } = found;
      // A running import changes with time alone.
      if (state === 'running') return !this.#isRecent(id);
      const digest = JSON.stringify([found, figures(id), this.#views.progressOf(id)]);
      digests.set(id, digest);
      return this.#isDue(id, digest);
    });
    await this.#publish(due, digests);
  }

  /** Publishes imports that no longer change a last time, and those that `republish` requested. */
  async #publishGone(imports: readonly Import[]): Promise<void> {
    const moving = new Set([...idsOf(imports), ...(this.#drafts?.digests.keys() ?? [])]);
    const known = [...this.#reported.keys()].filter((key) => key !== 'portal');
    const left = known.filter((id) => !moving.has(id) && !this.#isRecent(id));
    const again = [...this.#again].filter((id) => !this.#isRecent(id));
    const found = await findImports(this.#db, [...left, ...again]);
    await this.#publish(found);
    // A draft that was being read a moment ago is not in the list yet.
    const drafts = new Set(idsOf(found.filter(({ state }) => state === 'ready')));
    for (const id of left) if (!drafts.has(id)) this.#reported.delete(id);
    for (const id of again) this.#again.delete(id);
  }

  async #publish(
    imports: readonly Import[],
    digests: ReadonlyMap<number, string> = new Map(),
  ): Promise<void> {
    for (const view of await this.#views.show(imports)) {
      const { id } = view;
      const reported = this.#reported.get(id);
      const content = importContent(view);
      const isChanged =
        this.#again.delete(id) ||
        reported?.content !== content ||
        haveMoved(reported.figures ?? view, view);
      const at = isChanged || reported === undefined ? this.#now() : reported.at;
      const figures = isChanged ? view : reported?.figures;
      const { perMinute, etaSeconds } = figures ?? view;
      this.#reported.set(id, {
        ...{ at, content, digest: digests.get(id), figures: { perMinute, etaSeconds } },
      });
      if (isChanged) this.#emit(importEvent(view, reported === undefined));
    }
  }

  async #publishPortal(): Promise<void> {
    if (this.#isRecent('portal')) return;
    const data = await this.#monitor.now();
    const content = portalContent(data);
    if (this.#reported.get('portal')?.content === content) return;
    this.#reported.set('portal', { at: this.#now(), content });
    this.#emit(portalEvent(data));
  }

  #isDue(id: number, digest: string): boolean {
    return this.#reported.get(id)?.digest !== digest && !this.#isRecent(id);
  }

  #isRecent(key: number | 'portal'): boolean {
    const reported = this.#reported.get(key);
    return reported !== undefined && this.#now() - reported.at < PUBLISH_MS;
  }

  #emit(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

const idsOf = (imports: readonly Import[]): number[] => imports.map(({ id }) => id);
