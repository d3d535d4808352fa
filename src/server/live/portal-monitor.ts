import type { Config } from '../../config/config.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { readHold } from '../../ledger/delivery/holds.ts';
import { readPortalAudit } from '../../ledger/imports/audit.ts';
import { countAll } from '../../ledger/tallies/tallies.ts';
import { within } from '../../platform/with-timeout.ts';
import type { BudgetView } from '../../portal/budget/budget-view.ts';
import type { PortalClient } from '../../portal/http/client.ts';
import { INVITE } from '../../portal/methods/invite.ts';
import { holdView } from '../presenters/hold-view.ts';
import type { Portal, PortalMoment } from '../schemas/portal-schema.ts';

/** Interval between samples for the gauges, in milliseconds, and the number of samples kept. */
const EVERY_MS = 5_000;
const MOMENTS = 720;
/** A budget that was read is reused for this long, in milliseconds. */
const FRESH_MS = 400;
/** Longest wait for Redis, in milliseconds; the page must not wait for it. */
const TIMEOUT_MS = 1_000;
const ERRORS = 20;

const UNKNOWN: BudgetView = {
  ...{ level: 0, usedSeconds: 0, inFlight: 0, costSeconds: undefined },
  ...{ waitMs: 0, waitFor: 'requests' },
};

/** Monitors the portal's budget: now, and over the last hour while this process was running. */
export class PortalMonitor implements Disposable {
  readonly #db: Db;
  readonly #client: PortalClient;
  readonly #config: Config;
  readonly #history: PortalMoment[] = [];
  #readView: { at: number; view: Promise<BudgetView | undefined> } | undefined;
  #invited: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Db, client: PortalClient, config: Config) {
    this.#db = db;
    this.#client = client;
    this.#config = config;
  }

  /** Host of the portal. */
  get portal(): string {
    return this.#client.webhook.portal;
  }

  /** Starts sampling. */
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
    return this.#readView.view;
  }

  /** @returns the current state of the portal, without the history */
  async now(): Promise<Omit<Portal, 'history'>> {
    const config = this.#config;
    const hold = await readHold(this.#db, this.portal);
    const audit = await readPortalAudit(this.#db, ERRORS);
    return {
      portal: this.portal,
      limits: {
        requestsPerSecond: config.requestsPerSecond,
        burst: config.burst,
        operatingLimitSeconds: config.operatingLimitSeconds,
        operatingWindowSeconds: config.operatingWindowSeconds,
        concurrency: config.concurrency,
      },
      now: this.#moment(await this.budget(), 0),
      hold: hold === undefined ? null : holdView(hold),
      lastErrors: audit
        .filter(({ action }) => action === 'hold')
        .map(({ at, detail }) => {
          const { error = '', description = '', text = description } = detail?.params ?? {};
          return {
            at: new Date(at).toISOString(),
            ...{ code: String(error), description: String(text) },
          };
        }),
    };
  }

  /** @returns the samples of the last hour, oldest first */
  get history(): readonly PortalMoment[] {
    return this.#history;
  }

  get config(): Config {
    return this.#config;
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

  #moment(view: BudgetView = UNKNOWN, invited: number): PortalMoment {
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
