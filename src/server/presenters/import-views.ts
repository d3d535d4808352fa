import { TimeLeft } from '../../check/time-left.ts';
import { countPending, type Import, shownState } from '../../domain/imports/import.ts';
import { importWait, isLimitWait } from '../../domain/imports/import-wait.ts';
import type { WaitingGroups } from '../../domain/imports/waiting-group.ts';
import { countByOutcome, isRetryable, type Tally } from '../../domain/pairs/outcome.ts';
import type { CodedText } from '../../domain/text/coded-text.ts';
import { SYSTEM_CLOCK } from '../../domain/time/clock.ts';
import type { QuietHours } from '../../domain/time/quiet-hours.ts';
import type { ThroughputMeter } from '../../domain/time/throughput-meter.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findWaitingGroups } from '../../ledger/delivery/group-waits.ts';
import { type Hold, readHold } from '../../ledger/delivery/holds.ts';
import {
  countInFlight,
  countLeftOut,
  isInFlightElsewhere,
} from '../../ledger/delivery/in-flight.ts';
import { type LastRetry, readLastRetries } from '../../ledger/delivery/retry-results.ts';
import { readTrial } from '../../ledger/delivery/trial-pairs.ts';
import { readMakers, readStarters } from '../../ledger/imports/audit.ts';
import { findImports } from '../../ledger/imports/import-store.ts';
import { readTalliesOf } from '../../ledger/tallies/tallies.ts';
import { explain } from '../../messages/explain.ts';
import { inApiWords, toProblem } from '../../messages/problems.ts';
import { NO_BUDGET_USED } from '../../portal/budget/budget-view.ts';
import type { PortalMonitor } from '../live/portal-monitor.ts';
import type { Import as ImportView, Progress } from '../schemas/import-schema.ts';
import { formatView } from './format-view.ts';
import { holdView } from './hold-view.ts';
import { FIRST_GROUPS, waitingGroupsView } from './waiting-groups-view.ts';

/** Data about imports that only this process has. */
export interface Knowledge {
  paceOf(importId: number): ThroughputMeter | undefined;
  progressOf(importId: number): Progress | undefined;
  /** @default none */
  quietHours?: QuietHours | undefined;
}

interface ImportDetails {
  who: string | null;
  startedBy: string | null;
  progress: Progress | null;
  tallies: readonly Tally[];
  inFlight: number;
  leftOut: number;
  lastRetry: LastRetry | undefined;
}

interface RunningImport {
  pending: number;
  inFlight: number;
  /** Whether the import is for the portal of this process. */
  isOurs: boolean;
  hold: Hold | undefined;
  groups: WaitingGroups | undefined;
}

/** Renders imports with the ledger's data, the portal's budget, and the work of this process. */
export class ImportViews {
  readonly #db: Db;
  readonly #monitor: PortalMonitor;
  readonly #knowledge: Knowledge;
  readonly #timeLeft: TimeLeft;

  constructor(db: Db, monitor: PortalMonitor, knowledge: Knowledge) {
    this.#db = db;
    this.#monitor = monitor;
    this.#knowledge = knowledge;
    this.#timeLeft = new TimeLeft(db, monitor.client, SYSTEM_CLOCK, knowledge.quietHours);
  }

  /** @returns the progress of this process before the start; undefined when there is none */
  progressOf(importId: number): Progress | undefined {
    return this.#knowledge.progressOf(importId);
  }

  /** @returns the views in the same order; queries grow only with the number of running imports */
  async show(imports: readonly Import[]): Promise<ImportView[]> {
    const progress = new Map(imports.map(({ id }) => [id, this.#knowledge.progressOf(id) ?? null]));
    // Their work records its result before it ends, so the given import can be outdated.
    const mayHaveEnded = imports.filter(
      ({ id, startedAt }) => startedAt === null && progress.get(id) === null,
    );
    const idsOf = (some: readonly Import[]) => some.map(({ id }) => id);
    const reread = await findImports(this.#db, idsOf(mayHaveEnded));
    const fresh = new Map(reread.map((found) => [found.id, found]));
    // Outcomes are recorded before pairs leave flight, so the tallies are read after it.
    const inFlight = await countInFlight(this.#db, idsOf(imports));
    const leftOut = await countLeftOut(this.#db, [...inFlight.keys()]);
    const tallies = await readTalliesOf(this.#db, idsOf(imports));
    const retries = await readLastRetries(this.#db, idsOf(imports));
    const makers = await readMakers(this.#db, idsOf(imports));
    const starters = await readStarters(this.#db, idsOf(imports));
    const views: ImportView[] = [];
    for (const known of imports) {
      const { id } = known;
      views.push(
        await this.#show(fresh.get(id) ?? known, {
          who: makers.get(id) ?? null,
          startedBy: starters.get(id) ?? null,
          progress: progress.get(id) ?? null,
          tallies: tallies.get(id) ?? [],
          inFlight: inFlight.get(id) ?? 0,
          leftOut: leftOut.get(id) ?? 0,
          lastRetry: retries.get(id),
        }),
      );
    }
    return views;
  }

  async showOne(found: Import): Promise<ImportView> {
    const [view] = await this.show([found]);
    if (view === undefined) throw new Error('an import without a view');
    return view;
  }

  async #show(found: Import, details: ImportDetails): Promise<ImportView> {
    const { who, startedBy, progress, tallies, inFlight, leftOut, lastRetry } = details;
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
        startedBy,
        archivedAt: found.archivedAt?.toISOString() ?? null,
        progress,
        problem: problem && problemView(problem),
      },
      outcomes: countByOutcome(tallies),
      tallies: tallies.toSorted((a, b) => b.count - a.count).map(tallyView),
      ...{ inFlight, leftOut },
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
      trial: found.trial === null ? null : ((await readTrial(this.#db, id)) ?? null),
      lastRetry: lastRetry === undefined ? null : { ...lastRetry, at: lastRetry.at.toISOString() },
    };
  }

  async #pace(
    { id, portal }: Import,
    { pending, inFlight, isOurs, hold, groups }: RunningImport,
  ): Promise<Pick<ImportView, 'perMinute' | 'etaSeconds' | 'waitingUntil' | 'waitingFor'>> {
    const budget = isOurs ? await this.#monitor.budget() : NO_BUDGET_USED;
    const rate = this.#knowledge.paceOf(id)?.rate ?? 0;
    const isIdle = rate === 0 && inFlight === 0 && hold === undefined;
    const isElsewhere = isIdle && (await isInFlightElsewhere(this.#db, id, portal));
    const now = Date.now();
    const quietUntil = this.#knowledge.quietHours?.quietUntil(now);
    const facts = { now, pending, hold, budget, groups, isElsewhere, quietUntil };
    const wait = importWait(facts);
    const isLimited = wait === undefined || isLimitWait(wait.reason);
    if (!isLimited) this.#timeLeft.pause(id);
    const seconds =
      isLimited && budget !== undefined ? await this.#timeLeft.of(id, budget) : undefined;
    const isSending = inFlight > 0 ? hold === undefined : wait === undefined;
    return {
      perMinute: isSending ? rate * 60 : 0,
      etaSeconds: seconds ?? null,
      waitingUntil: wait?.until?.toISOString() ?? null,
      waitingFor: wait?.reason ?? null,
    };
  }
}

function problemView(stored: CodedText) {
  const { message, remedy, coded } = inApiWords(toProblem(stored));
  return { title: message, remedy, code: coded.code, params: { ...coded.params } };
}

const tallyView = ({ outcome, reason, count }: Tally) => ({
  ...{ outcome, reason, count },
  ...explain(outcome, reason),
  retryable: isRetryable(reason),
});
