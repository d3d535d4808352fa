import {
  countPending,
  type Import,
  type ImportProblem,
  shownState,
} from '../../domain/imports/import.ts';
import { importWait } from '../../domain/imports/import-wait.ts';
import type { WaitingGroups } from '../../domain/imports/waiting-group.ts';
import { countByOutcome, type Tally } from '../../domain/pairs/outcome.ts';
import { etaSeconds } from '../../domain/time/eta.ts';
import type { ThroughputMeter } from '../../domain/time/throughput-meter.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findWaitingGroups } from '../../ledger/delivery/group-waits.ts';
import { type Hold, readHold } from '../../ledger/delivery/holds.ts';
import { countInFlight, isInFlightElsewhere } from '../../ledger/delivery/in-flight.ts';
import { readMakers } from '../../ledger/imports/audit.ts';
import { findImports } from '../../ledger/imports/import-store.ts';
import { readTalliesOf } from '../../ledger/tallies/tallies.ts';
import { explain, isRetryable } from '../../messages/explain.ts';
import { inApiWords } from '../http/file-problem-words.ts';
import type { PortalMonitor } from '../live/portal-monitor.ts';
import type { Import as ImportView, Progress } from '../schemas/import-schema.ts';
import { formatView } from './format-view.ts';
import { holdView } from './hold-view.ts';
import { FIRST_GROUPS, waitingGroupsView } from './waiting-groups-view.ts';

/** Data about imports that only this process has. */
export interface Knowledge {
  paceOf(importId: number): ThroughputMeter | undefined;
  progressOf(importId: number): Progress | undefined;
}

/** Data of an import besides its row. */
interface ImportDetails {
  who: string | null;
  progress: Progress | null;
  tallies: readonly Tally[];
  inFlight: number;
}

/** The current state of a running import. */
interface RunningImport {
  pending: number;
  inFlight: number;
  /** Whether the import is for the portal of this process. */
  isOurs: boolean;
  hold: Hold | undefined;
  groups: WaitingGroups | undefined;
}

/** The budget of a portal that this process has no webhook for. */
const OTHER_PORTAL = {
  waitMs: 0,
  waitFor: 'requests',
  usedSeconds: 0,
  costSeconds: undefined,
} as const;

/**
 * Renders imports with the data of the ledger, the budget of the portal, and the work of this
 * process.
 */
export class ImportViews {
  readonly #db: Db;
  readonly #monitor: PortalMonitor;
  readonly #knowledge: Knowledge;

  constructor(db: Db, monitor: PortalMonitor, knowledge: Knowledge) {
    this.#db = db;
    this.#monitor = monitor;
    this.#knowledge = knowledge;
  }

  /**
   * @returns the progress of this process before the start of an import; undefined when there is
   * none
   */
  progressOf(importId: number): Progress | undefined {
    return this.#knowledge.progressOf(importId);
  }

  /**
   * @returns the imports, in the same order; the number of queries grows only with the running ones
   */
  async show(imports: readonly Import[]): Promise<ImportView[]> {
    const progress = new Map(imports.map(({ id }) => [id, this.#knowledge.progressOf(id) ?? null]));
    // Reading and checking record their result before they end, so the given import can be
    // outdated.
    const mayHaveEnded = imports.filter(
      ({ id, startedAt }) => startedAt === null && progress.get(id) === null,
    );
    const idsOf = (some: readonly Import[]) => some.map(({ id }) => id);
    const reread = await findImports(this.#db, idsOf(mayHaveEnded));
    const fresh = new Map(reread.map((found) => [found.id, found]));
    // Outcomes are recorded before pairs leave flight, so the tallies are read after it.
    const inFlight = await countInFlight(this.#db, idsOf(imports));
    const tallies = await readTalliesOf(this.#db, idsOf(imports));
    const makers = await readMakers(this.#db, idsOf(imports));
    const views: ImportView[] = [];
    for (const known of imports) {
      const { id } = known;
      views.push(
        await this.#show(fresh.get(id) ?? known, {
          who: makers.get(id) ?? null,
          progress: progress.get(id) ?? null,
          tallies: tallies.get(id) ?? [],
          inFlight: inFlight.get(id) ?? 0,
        }),
      );
    }
    return views;
  }

  /** @returns one import */
  async showOne(found: Import): Promise<ImportView> {
    const [view] = await this.show([found]);
    if (view === undefined) throw new Error('an import without a view');
    return view;
  }

  async #show(found: Import, details: ImportDetails): Promise<ImportView> {
    const { who, progress, tallies, inFlight } = details;
    const { id, fileName, portal, message, rows, rejectedRows, pairs, problem } = found;
    const pending = countPending(tallies);
    const moves = found.state === 'running' && pending > 0;
    const hold = moves ? await readHold(this.#db, portal) : undefined;
    const isOurs = moves && portal === this.#monitor.portal;
    const groups = moves ? await findWaitingGroups(this.#db, id, FIRST_GROUPS) : undefined;
    const state = shownState(found.state, { inFlight, isHeld: hold !== undefined });
    return {
      ...{
        id,
        fileName,
        portal,
        message,
        state,
        rows,
        rejectedRows,
        pairs,
        who,
        progress,
        problem: problem && problemView(problem),
      },
      outcomes: countByOutcome(tallies),
      tallies: tallies.toSorted((a, b) => b.count - a.count).map(tallyView),
      inFlight,
      ...(moves
        ? await this.#pace(found, { pending, inFlight, isOurs, hold, groups })
        : { perMinute: 0, etaSeconds: null, waitingUntil: null, waitingFor: null }),
      waitingGroups: groups === undefined ? null : await waitingGroupsView(this.#db, id, groups),
      hold: hold === undefined ? null : holdView(hold),
      format: formatView(found.format),
      createdAt: found.createdAt.toISOString(),
      startedAt: found.startedAt?.toISOString() ?? null,
      // Not finished while the outcome of a sent request is not known.
      finishedAt: state === 'cancelling' ? null : (found.finishedAt?.toISOString() ?? null),
      workedSeconds: found.workedMs === null ? null : found.workedMs / 1_000,
    };
  }

  async #pace(
    { id, portal }: Import,
    { pending, inFlight, isOurs, hold, groups }: RunningImport,
  ): Promise<Pick<ImportView, 'perMinute' | 'etaSeconds' | 'waitingUntil' | 'waitingFor'>> {
    const budget = isOurs ? await this.#monitor.budget() : OTHER_PORTAL;
    const rate = this.#knowledge.paceOf(id)?.rate ?? 0;
    const isIdle = rate === 0 && inFlight === 0 && hold === undefined;
    const isElsewhere = isIdle && (await isInFlightElsewhere(this.#db, id, portal));
    const facts = { now: Date.now(), pending, hold, budget, groups, isElsewhere };
    const wait = importWait(facts);
    const { operatingLimitSeconds, operatingWindowSeconds } = this.#monitor.config;
    const seconds = etaSeconds({
      ...{ pending, rate, operatingLimitSeconds, operatingWindowSeconds },
      costSeconds: budget?.costSeconds,
      freeSeconds: operatingLimitSeconds - (budget?.usedSeconds ?? 0),
      waitSeconds: (budget?.waitMs ?? 0) / 1_000,
    });
    return {
      perMinute: rate * 60,
      etaSeconds: hold === undefined ? (seconds ?? null) : null,
      waitingUntil: wait?.until?.toISOString() ?? null,
      waitingFor: wait?.reason ?? null,
    };
  }
}

function problemView(problem: ImportProblem) {
  const { title, remedy, coded } = inApiWords(problem);
  return { title, remedy, code: coded?.code ?? null, params: { ...coded?.params } };
}

const tallyView = ({ outcome, reason, count }: Tally) => ({
  ...{ outcome, reason, count },
  ...explain(outcome, reason),
  retryable: isRetryable(outcome),
});
