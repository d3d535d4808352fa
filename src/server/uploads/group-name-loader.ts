import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../app/open-app.ts';
import { Problem } from '../../domain/errors/problem.ts';
import type { GroupId } from '../../domain/pairs/ids.ts';
import { recordGroupNames, unnamedGroups } from '../../ledger/checks/group-name-store.ts';
import { readHold } from '../../ledger/delivery/holds.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { readInfosOf, UNKNOWN } from '../../portal/directory/read-group-infos.ts';
import { MAX_COMMANDS } from '../../portal/http/batch.ts';
import { GROUPS_PER_PAGE } from '../../portal/methods/group-info.ts';
import type { PortalWatch } from '../live/portal-monitor.ts';
import { Lanes } from './semaphore.ts';

/** As many as one request asks for. */
const GROUPS_AT_ONCE = MAX_COMMANDS * GROUPS_PER_PAGE;
/** How often it is looked whether there is room. */
const LOOK_MS = 1_000;
/** After a portal that does not answer, names are not asked for again within this. */
const PAUSE_MS = 60_000;

/**
 * Where the names of groups are read of imports that were started without a check. It is done when
 * somebody looks at groups without a name, in one full request, and while the portal has room for
 * more requests than inviting wants.
 */
export class NameRoom {
  readonly #app: App;
  readonly #watch: PortalWatch;
  readonly #onNamed: (importId: number) => void;
  readonly #onSurprise: (error: unknown) => void;
  readonly #lanes = new Lanes(1);
  readonly #closing = new AbortController();
  /** Until when nothing is begun for an import: reading goes on, or was in vain lately. */
  readonly #busyUntil = new Map<number, number>();

  /** @param onNamed told when more names of an import are known */
  constructor(
    app: App,
    watch: PortalWatch,
    onNamed: (importId: number) => void,
    onSurprise: (error: unknown) => void,
  ) {
    this.#app = app;
    this.#watch = watch;
    this.#onNamed = onNamed;
    this.#onSurprise = onSurprise;
  }

  /** Has the names of some groups read, unless that goes on for the import, or was just in vain. */
  begin(importId: number, wanted: readonly GroupId[]): void {
    const busyUntil = this.#busyUntil.get(importId) ?? 0;
    if (wanted.length === 0 || busyUntil > performance.now()) return;
    this.#busyUntil.set(importId, Number.POSITIVE_INFINITY);
    void this.#lanes
      .run(() => this.#read(importId, wanted))
      .then(
        () => this.#busyUntil.delete(importId),
        (error: unknown) => {
          this.#busyUntil.set(importId, performance.now() + PAUSE_MS);
          if (!this.#closing.signal.aborted && !(error instanceof Problem)) this.#onSurprise(error);
        },
      );
  }

  /** Ends the reading; what is not known then is asked for when somebody looks again. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#lanes.idle();
  }

  async #read(importId: number, wanted: readonly GroupId[]): Promise<void> {
    const { db, client } = this.#app;
    const { signal } = this.#closing;
    await this.#untilRoom();
    const found = await findImport(db, importId);
    // Before the start a check asks for more than the names.
    if (found?.portal !== this.#watch.portal || found.startedAt === null) return;
    const ids = await unnamedGroups(db, importId, wanted, GROUPS_AT_ONCE);
    if (ids.length === 0) return;
    const infos = await readInfosOf(client, ids, { signal, concurrency: 1, patienceMs: 0 });
    const answered = [...infos].filter(([, info]) => info !== UNKNOWN);
    const names = answered.map(([id, info]) => [id, info?.name ?? null] as const);
    await recordGroupNames(db, importId, new Map(names));
    this.#onNamed(importId);
  }

  /** Resolves when the bucket is less than half full, and the portal not held. */
  async #untilRoom(): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      const budget = await this.#watch.budget();
      const hasRoom = budget !== undefined && budget.level <= this.#watch.config.burst / 2;
      if (hasRoom && (await readHold(this.#app.db, this.#watch.portal)) === undefined) return;
      await sleep(LOOK_MS, undefined, { signal });
    }
  }
}
