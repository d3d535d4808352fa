import type { Clock } from '../domain/time/clock.ts';
import { Eta } from '../domain/time/eta.ts';
import type { QuietHours } from '../domain/time/quiet-hours.ts';
import { pairsPerRequest } from '../domain/time/work-left.ts';
import type { Db } from '../ledger/db/schema.ts';
import type { BudgetView } from '../portal/budget/budget-view.ts';
import { budgetOutlook } from './budget-outlook.ts';
import { RunningWork } from './running-work.ts';

/** With a guessed cost, there is an estimate only if at most this share of the pairs becomes invitations. */
const FEW_INVITATIONS = 0.02;

/** An estimate is used again for this long, in milliseconds. */
const FRESH_MS = 900;

/** Estimates how long the running imports of a portal still take. */
export class TimeLeft {
  readonly #running: RunningWork;
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly #quietHours: QuietHours | undefined;
  readonly #etas = new Map<number, Eta>();
  readonly #shown = new Map<number, { at: number; seconds: number | undefined }>();

  constructor(
    db: Db,
    { webhook }: { webhook: { portal: string } },
    clock: Pick<Clock, 'now' | 'monotonic'>,
    quietHours?: QuietHours,
  ) {
    this.#running = new RunningWork(db, webhook.portal);
    this.#clock = clock;
    this.#quietHours = quietHours;
  }

  /** Call while nothing of the import is sent, as during a hold. */
  pause(importId: number): void {
    this.#shown.delete(importId);
    this.#etas.get(importId)?.pause();
  }

  /**
   * @returns seconds until the import's last outcome; undefined while the cost of an invitation is unknown,
   * and for an import that does not run
   */
  async of(importId: number, view: BudgetView): Promise<number | undefined> {
    const at = this.#clock.monotonic();
    let shown = this.#shown.get(importId);
    if (shown === undefined || at - shown.at >= FRESH_MS) {
      shown = { at, seconds: await this.#estimate(importId, view, at / 1_000) };
      this.#shown.set(importId, shown);
    }
    // Nothing ends before the next request.
    return shown.seconds && Math.max(shown.seconds, view.waitMs / 1_000);
  }

  async #estimate(importId: number, view: BudgetView, at: number): Promise<number | undefined> {
    const known = budgetOutlook(view);
    const works = await this.#running.read(pairsPerRequest(known.cost, known.allowance));
    for (const noted of [this.#etas, this.#shown]) {
      for (const id of noted.keys()) if (!works.has(id)) noted.delete(id);
    }
    const own = works.get(importId);
    if (own === undefined) return undefined;
    const { cost } = known;
    if (own.basis === 'nothing') return undefined;
    if (cost.isGuess && own.toInvite > own.chunks.pairs * FEW_INVITATIONS) return undefined;
    works.delete(importId);
    const eta = this.#etas.get(importId) ?? new Eta();
    this.#etas.set(importId, eta);
    // Quiet hours are no part of the model: it learns from the time in which invitations leave.
    const seconds = eta.note(at, { ...known, own, others: works });
    return this.#quietHours?.secondsWithRests(this.#clock.now(), seconds) ?? seconds;
  }
}
