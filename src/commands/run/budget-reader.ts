import type { BudgetView } from '../../portal/budget/budget-view.ts';
import { explainRefusal } from '../../redis/redis-refusal.ts';

/** How often the budget is looked at, in milliseconds. */
const EVERY_MS = 1_000;
/** A Redis that takes longer to answer is away, as far as people are concerned. */
const SILENT_MS = 3_000;

/** What is known of the budget; or in words why nothing is. */
export type SeenBudget = Pick<BudgetView, 'waitMs' | 'waitFor'> | string;

const SILENT = 'Redis does not answer; the import continues when Redis is available again';

/** Looks at the budget now and then, and waits for nobody: Redis may be away. */
export class BudgetReader {
  readonly #readView: (pending: number) => Promise<BudgetView>;
  #readAt = Number.NEGATIVE_INFINITY;
  #isReading = false;
  #seen: SeenBudget = { waitMs: 0, waitFor: 'requests' };

  /** @param look at the budget; may fail, or never end */
  constructor(readView: (pending: number) => Promise<BudgetView>) {
    this.#readView = readView;
  }

  /**
   * @param now milliseconds of a clock that never goes back
   * @param pending pairs that wait
   * @returns what was seen last
   */
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
