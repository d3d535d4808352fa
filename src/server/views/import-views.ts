import { etaSeconds } from '../../domain/eta.ts';
import { explain, isRetryable } from '../../domain/explain.ts';
import { countPending, type Import, type ImportProblem, shownState } from '../../domain/import.ts';
import { countByOutcome, type Tally } from '../../domain/outcome.ts';
import type { Pace } from '../../domain/pace.ts';
import { readMakers } from '../../ledger/audit.ts';
import { type Hold, readHold } from '../../ledger/holds.ts';
import { findImports } from '../../ledger/imports.ts';
import { countInFlight } from '../../ledger/in-flight.ts';
import type { Db } from '../../ledger/schema.ts';
import { readTalliesOf } from '../../ledger/tallies.ts';
import type { BudgetView } from '../../portal/budget/view.ts';
import { inApiWords } from '../file-problem-words.ts';
import type { PortalWatch } from '../live/portal-watch.ts';
import type { Import as ImportView, Progress } from '../schemas/import.ts';
import { formatView } from './format-view.ts';
import { holdView } from './hold-view.ts';

/** Waits that a person would notice. */
const NOTICEABLE_MS = 3_000;

/** What only this process knows about imports. */
export interface Knowledge {
  paceOf(importId: number): Pace | undefined;
  progressOf(importId: number): Progress | undefined;
}

/** What is known of an import besides its row. */
interface Belongings {
  who: string | null;
  progress: Progress | null;
  tallies: readonly Tally[];
  inFlight: number;
}

/** Shows imports: what the ledger holds, what the portal allows, and what goes on here. */
export class ImportViews {
  readonly #db: Db;
  readonly #watch: PortalWatch;
  readonly #knowledge: Knowledge;

  constructor(db: Db, watch: PortalWatch, knowledge: Knowledge) {
    this.#db = db;
    this.#watch = watch;
    this.#knowledge = knowledge;
  }

  /** @returns what goes on here before the start of an import; undefined when nothing does */
  progressOf(importId: number): Progress | undefined {
    return this.#knowledge.progressOf(importId);
  }

  /** @returns the imports, in the same order; asks the ledger no more for many than for one */
  async show(imports: readonly Import[]): Promise<ImportView[]> {
    const progress = new Map(imports.map(({ id }) => [id, this.#knowledge.progressOf(id) ?? null]));
    // Reading and checking record how they ended before they are over: what is known may be older.
    const mayHaveEnded = imports.filter(
      ({ id, startedAt }) => startedAt === null && progress.get(id) === null,
    );
    const idsOf = (some: readonly Import[]) => some.map(({ id }) => id);
    const anew = await findImports(this.#db, idsOf(mayHaveEnded));
    const fresh = new Map(anew.map((found) => [found.id, found]));
    // Of what is in flight no more, the outcomes are recorded: the tallies are read after it.
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

  async #show(found: Import, belongings: Belongings): Promise<ImportView> {
    const { who, progress, tallies, inFlight } = belongings;
    const { id, fileName, portal, message, rows, rejectedRows, pairs, problem } = found;
    const pending = countPending(tallies);
    const moves = found.state === 'running' && pending > 0;
    const hold = moves ? await readHold(this.#db, portal) : undefined;
    const isOurs = moves && portal === this.#watch.portal;
    const budget = isOurs ? await this.#watch.budget() : undefined;
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
      ...this.#pace(id, pending, moves, hold, budget),
      hold: hold === undefined ? null : holdView(hold),
      format: formatView(found.format),
      createdAt: found.createdAt.toISOString(),
      startedAt: found.startedAt?.toISOString() ?? null,
      // Not yet, as long as the outcome of something that has left is not known.
      finishedAt: state === 'cancelling' ? null : (found.finishedAt?.toISOString() ?? null),
      workedSeconds: found.workedMs === null ? null : found.workedMs / 1_000,
    };
  }

  #pace(
    id: number,
    pending: number,
    moves: boolean,
    hold: Hold | undefined,
    budget: BudgetView | undefined,
  ): Pick<ImportView, 'perMinute' | 'etaSeconds' | 'waitingUntil' | 'waitingFor'> {
    if (!moves) return { perMinute: 0, etaSeconds: null, waitingUntil: null, waitingFor: null };
    const rate = this.#knowledge.paceOf(id)?.rate ?? 0;
    const perMinute = rate * 60;
    if (hold !== undefined) {
      const waitingUntil = hold.probeAt.toISOString();
      return { perMinute, etaSeconds: null, waitingUntil, waitingFor: 'hold' };
    }
    const { operatingLimitSeconds, operatingWindowSeconds } = this.#watch.config;
    const waitMs = budget?.waitMs ?? 0;
    const seconds = etaSeconds({
      ...{ pending, rate, operatingLimitSeconds, operatingWindowSeconds },
      costSeconds: budget?.costSeconds,
      freeSeconds: operatingLimitSeconds - (budget?.usedSeconds ?? 0),
      waitSeconds: waitMs / 1_000,
    });
    const waits = waitMs >= NOTICEABLE_MS;
    return {
      perMinute,
      etaSeconds: seconds ?? null,
      waitingUntil: waits ? new Date(Date.now() + waitMs).toISOString() : null,
      waitingFor: waits ? (budget?.waitFor ?? null) : null,
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
