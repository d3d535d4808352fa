import type { Redis } from 'ioredis';
import { budgetOutlook } from '../../../src/check/budget-outlook.ts';
import { Eta } from '../../../src/domain/time/eta.ts';
import { expectedWork } from '../../../src/domain/time/expected-work.ts';
import { type Forecast, forecast } from '../../../src/domain/time/forecast.ts';
import { type Outlook, pairsPerRequest } from '../../../src/domain/time/work-left.ts';
import { Budget } from '../../../src/portal/budget/budget.ts';
import { INVITE } from '../../../src/portal/methods/invite.ts';
import { randomFrom } from './random-from.ts';
import { simulateCheck, simulateRun } from './simulate-run.ts';
import { type Shares, SimulatedImport } from './simulated-import.ts';
import { SimulatedPortal } from './simulated-portal.ts';
import type { SimulatedRegime } from './simulated-regimes.ts';
import { VirtualTime } from './virtual-time.ts';

export interface ObservedRun {
  forecast: Forecast;
  /** Seconds from the start to the last outcome. */
  seconds: number;
  /** Requests that the portal refused. */
  refused: number;
  /** The estimate at each full minute after the start: seconds left; undefined without one. */
  looks: readonly (number | undefined)[];
}

const LOOK_MS = 5_000;
const LOOKS_PER_MINUTE = 12;
/** The cost of an invitation varies by request, by this share up and down. */
const NOISE = 0.1;

let portals = 0;

/**
 * Simulates an import after a small one that shows the cost.
 *
 * @param isChecked whether the portal was asked what becomes of the pairs
 */
export async function observeRun(
  redis: Redis,
  regime: SimulatedRegime,
  shares: Shares,
  isChecked: boolean,
): Promise<ObservedRun> {
  const { groupSizes, limits, concurrency, otherPerSecond } = regime;
  portals += 1;
  const time = new VirtualTime();
  const portal = new SimulatedPortal(limits, time);
  const name = `simulated-${portals}.example`;
  const budget = new Budget(redis, name, { ...limits, concurrency }, time.now);
  const random = randomFrom(portals);
  const inviteSeconds = () => limits.inviteSeconds * (1 - NOISE + 2 * NOISE * random());
  const run = { time, portal, budget, inviteSeconds, concurrency, otherPerSecond };
  const outlook = async (one: SimulatedImport, checked: boolean): Promise<Outlook> => {
    const known = budgetOutlook(await budget.readView(INVITE, one.pending));
    const chunks = one.left(pairsPerRequest(known.cost, known.allowance));
    const own = expectedWork(chunks, one.tallies, checked ? one.checked : undefined);
    return { ...known, own, others: new Map() };
  };

  await simulateRun({
    ...run,
    imports: [new SimulatedImport(groupSizes.slice(0, 40), concurrency)],
  });
  await time.run(() => time.sleep(1_200_000));

  const parent = new SimulatedImport(groupSizes, concurrency, shares);
  await simulateCheck({ ...run, imports: [parent] });
  const before = await outlook(parent, true);
  const eta = new Eta();
  const estimates: (number | undefined)[] = [];
  const beginsAt = time.seconds;
  const act = async () => {
    const now = await outlook(parent, isChecked);
    estimates.push(now.own.basis === 'nothing' ? undefined : eta.note(time.seconds, now));
  };
  await simulateRun({ ...run, imports: [parent], look: { everyMs: LOOK_MS, act } });
  return {
    forecast: forecast(before),
    seconds: parent.endedAt - beginsAt,
    refused: portal.operatingErrors,
    looks: estimates.filter((_, at) => at % LOOKS_PER_MINUTE === 0),
  };
}
