import type { Db } from '../../ledger/db/schema.ts';
import { readHold } from '../../ledger/delivery/holds.ts';
import { readPortalAudit } from '../../ledger/imports/audit.ts';
import { readLastHour } from '../../ledger/tallies/minute-tallies.ts';
import { countAll } from '../../ledger/tallies/tallies.ts';
import { within } from '../../platform/with-timeout.ts';
import {
  type LimitSettings,
  type LimitsInUse,
  limitsWithoutPlan,
} from '../../portal/budget/budget-limits.ts';
import { type BudgetView, NO_BUDGET_USED } from '../../portal/budget/budget-view.ts';
import type { PortalClient } from '../../portal/http/client.ts';
import { INVITE } from '../../portal/methods/invite.ts';
import { holdHistory } from '../presenters/hold-history.ts';
import { holdView } from '../presenters/hold-view.ts';
import { limitsView, profileView } from '../presenters/profile-view.ts';
import type { Portal, PortalMoment } from '../schemas/portal-schema.ts';

/** Interval between samples for the gauges, in milliseconds, and the number of samples kept. */
const EVERY_MS = 5_000;
const MOMENTS = 720;
/** A budget that was read is reused for this long, in milliseconds. */
const FRESH_MS = 400;
/** Longest wait for Redis, in milliseconds; the page must not wait for it. */
const TIMEOUT_MS = 1_000;
const ENTRIES = 60;

/** Monitors the portal's budget: now, and over the last hour while this process was running. */
export class PortalMonitor implements Disposable {
  readonly #db: Db;
  readonly #client: PortalClient;
  #limits: LimitsInUse;
  readonly #history: PortalMoment[] = [];
  #readView: { at: number; view: Promise<BudgetView | undefined> } | undefined;
  #invited: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Db, client: PortalClient, settings: LimitSettings) {
    this.#db = db;
    this.#client = client;
    this.#limits = limitsWithoutPlan(settings);
  }

  get portal(): string {
    return this.#client.webhook.portal;
  }

  start(reportError: (error: unknown) => void): void {
    const keep = () => this.#keep().catch(reportError);
    this.#timer = setInterval(keep, EVERY_MS);
    void keep();
  }

  /** @returns the current budget; undefined when Redis does not answer */
  async budget(): Promise<BudgetView | undefined> {
    const now = performance.now();
    if (this.#readView === undefined || now - this.#readView.at > FRESH_MS) {
      const view = this.#pending().then((pending) => this.#client.budget.readView(INVITE, pending));
      this.#readView = { at: now, view: within(view, TIMEOUT_MS) };
    }
    const view = await this.#readView.view;
    if (view !== undefined) this.#limits = view.limits;
    return view;
  }

  /** @returns the current state of the portal, without the history */
  async now(): Promise<Omit<Portal, 'history'>> {
    const { profile } = this.#client;
    const view = await this.budget();
    const hold = await readHold(this.#db, this.portal);
    const holds = holdHistory(await readPortalAudit(this.#db, this.portal, ENTRIES));
    const hour = await readLastHour(this.#db);
    return {
      portal: this.portal,
      profile: profile.hasAnswered ? profileView(profile.latest) : null,
      limits: limitsView(view?.limits ?? this.limits),
      now: this.#moment(view, 0),
      hold: hold === undefined ? null : holdView(hold),
      lastErrors: holds.map(({ from, code, description }) => ({ at: from, code, description })),
      holds,
      lastHour: hour.map(({ at, invited }) => ({ at: at.toISOString(), invited })),
    };
  }

  /** @returns the samples of the last hour, oldest first */
  get history(): readonly PortalMoment[] {
    return this.#history;
  }

  /** The limits that were in use when the budget was read last. */
  get limits(): LimitsInUse {
    return this.#limits;
  }

  get client(): PortalClient {
    return this.#client;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #keep(): Promise<void> {
    const total = await countAll(this.#db, 'invited');
    const view = await this.budget();
    if (view === undefined) return;
    this.#history.push(this.#moment(view, Math.max(0, total - (this.#invited ?? total))));
    this.#invited = total;
    if (this.#history.length > MOMENTS) this.#history.shift();
  }

  #moment(view: BudgetView = NO_BUDGET_USED, invited: number): PortalMoment {
    return {
      at: new Date().toISOString(),
      bucket: view.level,
      operatingSeconds: view.usedSeconds,
      inFlight: view.inFlight,
      secondsPerInvite: view.costSeconds ?? null,
      invited,
    };
  }

  #pending(): Promise<number> {
    return countAll(this.#db, 'pending');
  }
}
