import { Gauge, type Registry } from 'prom-client';
import type { Config } from '../../config/config.ts';
import type { MetricsSnapshot } from './snapshot.ts';

/** The gauges that are the same in every process: of the ledger, the queue and the budget. */
export class Gauges {
  readonly #registry: Registry;
  readonly #pairs: Gauge;
  readonly #imports: Gauge;
  readonly #held: Gauge;
  readonly #jobs: Gauge;
  readonly #bucket: Gauge;
  readonly #operating: Gauge;
  readonly #inFlight: Gauge;
  readonly #wait: Gauge;
  readonly #up: Gauge;

  constructor(registry: Registry, config: Config) {
    this.#registry = registry;
    const limit = this.#gauge('limit', 'Configured limits of the portal.', 'what');
    limit.set({ what: 'bucket_requests' }, config.burst);
    limit.set({ what: 'requests_per_second' }, config.requestsPerSecond);
    limit.set({ what: 'operating_seconds' }, config.operatingLimitSeconds);
    limit.set({ what: 'requests_in_flight' }, config.concurrency);
    this.#pairs = this.#gauge(
      'pairs',
      'Pairs and rows by outcome and reason.',
      'outcome',
      'reason',
    );
    this.#imports = this.#gauge('imports', 'Imports by stored state.', 'state');
    this.#held = this.#gauge('portal_held', '1 while the portal is held, else 0.');
    this.#jobs = this.#gauge('queue_jobs', 'Chunks in the queue by job state.', 'state');
    this.#bucket = this.#gauge('bucket_requests', 'Requests in the leaky bucket.');
    this.#operating = this.#gauge('operating_seconds', 'Server seconds used within the window.');
    this.#inFlight = this.#gauge('requests_in_flight', 'Requests in flight, over all workers.');
    this.#wait = this.#gauge(
      'budget_next_seconds',
      'Time until the next request can be sent.',
      'for',
    );
    this.#up = this.#gauge('part_up', '1 if the part answered this scrape, else 0.', 'part');
  }

  /** Sets the gauges; unknown values are not shown. */
  show({ ledger, jobs, budget }: MetricsSnapshot): void {
    for (const gauge of [this.#pairs, this.#imports, this.#jobs, this.#wait]) gauge.reset();
    this.#up.set({ part: 'ledger' }, ledger === undefined ? 0 : 1);
    this.#up.set({ part: 'redis' }, jobs === undefined ? 0 : 1);
    for (const { outcome, reason, count } of ledger?.tallies ?? []) {
      this.#pairs.set({ outcome, reason: reason ?? '' }, count);
    }
    for (const [state, count] of Object.entries(ledger?.imports ?? {})) {
      this.#imports.set({ state }, count);
    }
    setOrHide(this.#held, ledger && (ledger.held ? 1 : 0));
    for (const [state, count] of Object.entries(jobs ?? {})) this.#jobs.set({ state }, count);
    setOrHide(this.#bucket, budget?.level);
    setOrHide(this.#operating, budget?.usedSeconds);
    setOrHide(this.#inFlight, budget?.inFlight);
    if (budget !== undefined) this.#wait.set({ for: budget.waitFor }, budget.waitMs / 1_000);
  }

  #gauge(name: string, help: string, ...labelNames: string[]): Gauge {
    const registers = [this.#registry];
    return new Gauge({ name: `bulk_invite_${name}`, help, labelNames, registers });
  }
}

/** A gauge without labels shows 0 unless it is removed. */
function setOrHide(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove({});
  else gauge.set(value);
}
