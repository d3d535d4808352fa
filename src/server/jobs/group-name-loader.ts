import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { App } from '../../app/open-app.ts';
import { Problem } from '../../domain/errors/problem.ts';
import type { GroupId } from '../../domain/pairs/ids.ts';
import { recordGroupNames, unnamedGroups } from '../../ledger/checks/group-name-store.ts';
import { readHold } from '../../ledger/delivery/holds.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { readInfosOf } from '../../portal/directory/read-group-infos.ts';
import { MAX_COMMANDS } from '../../portal/http/batch.ts';
import { GROUPS_PER_PAGE, UNKNOWN_GROUP } from '../../portal/methods/group-info.ts';
import type { PortalMonitor } from '../live/portal-monitor.ts';

/** Maximum number of groups in one request. */
const GROUPS_AT_ONCE = MAX_COMMANDS * GROUPS_PER_PAGE;
/** Interval between checks for free capacity, in milliseconds. */
const POLL_MS = 1_000;
/** Pause before names are requested again from a portal that does not answer, in milliseconds. */
const PAUSE_MS = 60_000;

/**
 * Reads the group names of imports that were started without a check. It runs when a user opens
 * groups without a name, in one full request, and only while the portal has capacity beyond what
 * inviting needs.
 */
export class GroupNameLoader {
  readonly #app: App;
  readonly #monitor: PortalMonitor;
  readonly #onNamed: (importId: number) => void;
  readonly #reportError: (error: unknown) => void;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #closing = new AbortController();
  /** Time until which no reading starts for an import: one is in progress or has failed recently. */
  readonly #busyUntil = new Map<number, number>();

  /** @param onNamed called when more names of an import are known */
  constructor(
    app: App,
    monitor: PortalMonitor,
    onNamed: (importId: number) => void,
    reportError: (error: unknown) => void,
  ) {
    this.#app = app;
    this.#monitor = monitor;
    this.#onNamed = onNamed;
    this.#reportError = reportError;
  }

  /** Reads names in the background, unless a reading for the import goes on or has just failed. */
  begin(importId: number, wanted: readonly GroupId[]): void {
    const busyUntil = this.#busyUntil.get(importId) ?? 0;
    if (wanted.length === 0 || busyUntil > performance.now()) return;
    this.#busyUntil.set(importId, Number.POSITIVE_INFINITY);
    void this.#queue
      .add(() => this.#read(importId, wanted))
      .then(
        () => this.#busyUntil.delete(importId),
        (error: unknown) => {
          this.#busyUntil.set(importId, performance.now() + PAUSE_MS);
          if (!this.#closing.signal.aborted && !(error instanceof Problem))
            this.#reportError(error);
        },
      );
  }

  /** Stops reading; missing names are requested when a user opens the groups again. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#queue.onIdle();
  }

  async #read(importId: number, wanted: readonly GroupId[]): Promise<void> {
    const { db, client } = this.#app;
    const { signal } = this.#closing;
    await this.#untilCapacity();
    const found = await findImport(db, importId);
    // Before the start, a check reads more than the names.
    if (found?.portal !== this.#monitor.portal || found.startedAt === null) return;
    const ids = await unnamedGroups(db, importId, wanted, GROUPS_AT_ONCE);
    if (ids.length === 0) return;
    const withHidden = (await client.profile.get(signal)).isAdmin !== false;
    const options = { signal, concurrency: 1, maxWaitMs: 0, withHidden };
    const infos = await readInfosOf(client, ids, options);
    const answered = [...infos].filter(([, info]) => info !== UNKNOWN_GROUP);
    const names = answered.map(([id, info]) => [id, info?.name ?? null] as const);
    await recordGroupNames(db, importId, new Map(names));
    this.#onNamed(importId);
  }

  /** Resolves when the bucket is at most half full and the portal is not held. */
  async #untilCapacity(): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      const budget = await this.#monitor.budget();
      const hasCapacity = budget !== undefined && budget.level <= budget.limits.burst / 2;
      if (hasCapacity && (await readHold(this.#app.db, this.#monitor.portal)) === undefined) return;
      await sleep(POLL_MS, undefined, { signal });
    }
  }
}
