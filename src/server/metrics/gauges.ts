import { Gauge, type Registry } from 'prom-client';
import type { LimitsInUse } from '../../portal/budget/budget-limits.ts';
import type { MetricsSnapshot } from './snapshot.ts';

/**
 * Registers the gauges that are the same in every process: of the ledger, the queue and the budget.
 *
 * @returns a function that sets them; unknown values are not shown
 */
export function registerGauges(registry: Registry): (snapshot: MetricsSnapshot) => void {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `bulk_invite_${name}`, help, labelNames, registers: [registry] });
  const limit = gauge('limit', 'Limits of the portal in use; absent: no limit.', 'what');
  const pairs = gauge('pairs', 'Pairs and rows by outcome and reason.', 'outcome', 'reason');
  const imports = gauge('imports', 'Imports by stored state.', 'state');
  const held = gauge('portal_held', '1 while the portal is held, else 0.');
  const queued = gauge('queue_jobs', 'Chunks in the queue by job state.', 'state');
  const bucket = gauge('bucket_requests', 'Requests in the leaky bucket.');
  const operating = gauge('operating_seconds', 'Server seconds used within the window.');
  const inFlight = gauge('requests_in_flight', 'Requests in flight, over all workers.');
  const wait = gauge('budget_next_seconds', 'Time until the next request can be sent.', 'for');
  const up = gauge('part_up', '1 if the part answered this scrape, else 0.', 'part');
  return ({ ledger, jobs, budget }) => {
    for (const one of [limit, pairs, imports, queued, wait]) one.reset();
    up.set({ part: 'ledger' }, ledger === undefined ? 0 : 1);
    up.set({ part: 'redis' }, jobs === undefined ? 0 : 1);
    for (const { outcome, reason, count } of ledger?.tallies ?? []) {
      pairs.set({ outcome, reason: reason ?? '' }, count);
    }
    for (const [state, count] of Object.entries(ledger?.imports ?? {})) {
      imports.set({ state }, count);
    }
    setOrHide(held, ledger && (ledger.held ? 1 : 0));
    for (const [state, count] of Object.entries(jobs ?? {})) queued.set({ state }, count);
    for (const [what, value] of limitsOf(budget?.limits)) {
      if (Number.isFinite(value)) limit.set({ what }, value);
    }
    setOrHide(bucket, budget?.level);
    setOrHide(operating, budget?.usedSeconds);
    setOrHide(inFlight, budget?.inFlight);
    if (budget !== undefined) wait.set({ for: budget.waitFor }, budget.waitMs / 1_000);
  };
}

const limitsOf = (limits: LimitsInUse | undefined): [what: string, value: number][] =>
  limits === undefined
    ? []
    : [
        ['bucket_requests', limits.burst],
        ['requests_per_second', limits.requestsPerSecond],
        ['operating_seconds', limits.operatingLimitSeconds],
        ['requests_in_flight', limits.concurrency],
      ];

/** A gauge without labels shows 0 unless it is removed. */
function setOrHide(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove({});
  else gauge.set(value);
}
