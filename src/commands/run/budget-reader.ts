import { type BudgetView, NO_BUDGET_USED } from '../../portal/budget/budget-view.ts';
import { explainRefusal } from '../../redis/redis-refusal.ts';

/** Interval between reads of the budget, in milliseconds. */
const EVERY_MS = 1_000;
/** Redis is reported as not answering after this time, in milliseconds. */
const SILENT_MS = 3_000;

/** The last known budget, or a text that explains why it is not known. */
export type SeenBudget = BudgetView | string;

const SILENT = 'Redis does not answer; the import continues when Redis is available again';

/** Reads the budget at intervals without waiting for the answer, because Redis can be unreachable. */
export class BudgetReader {
  readonly #readView: (pending: number) => Promise<BudgetView>;
  #readAt = Number.NEGATIVE_INFINITY;
  #isReading = false;
  #seen: SeenBudget = NO_BUDGET_USED;

  /** @param readView reads the budget; can fail or never settle */
  constructor(readView: (pending: number) => Promise<BudgetView>) {
    this.#readView = readView;
  }

  /** @param now milliseconds of a monotonic clock; @returns the last known budget */
  latest(now: number, pending: number): SeenBudget {
    if (!this.#isReading && now - this.#readAt >= EVERY_MS) this.#refresh(now, pending);
    return this.#isReading && now - this.#readAt > SILENT_MS ? SILENT : this.#seen;
  }

  #refresh(now: number, pending: number): void {
    this.#readAt = now;
    this.#isReading = true;
    const keep = (seen: SeenBudget): void => {
      this.#seen = seen;
      this.#isReading = false;
    };
    this.#readView(pending).then(keep, (error: unknown) => {
      const full = explainRefusal(error)?.problem;
      keep(full === undefined ? SILENT : `${full.message} ${full.remedy}`);
    });
  }
}
