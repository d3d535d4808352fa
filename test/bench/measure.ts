import { type Figures, orError, type RegimeFigures } from './figures.ts';
import { measureIngest } from './ingest/ingest-figures.ts';
import { measureLedger } from './ledger-cost.ts';
import type { Regime } from './regime.ts';
import { regimes } from './regimes.ts';
import { runOurs } from './runs/our-run.ts';
import { runPlain } from './runs/plain-run.ts';
import { runSdk } from './runs/sdk-run.ts';
import { measureUnlimited } from './unlimited.ts';

/** Names of the figures besides the regimes. */
const OTHERS = ['ingest', 'unlimited', 'ledger'] as const;

/** @returns all names that `--only` takes */
export function namesOfFigures(): string[] {
  return [...regimes(true).map(({ name }) => name), ...OTHERS];
}

export interface MeasureOptions {
  quick: boolean;
  /** Names of what to measure. */
  wanted: ReadonlySet<string>;
  progress: (line: string) => void;
}

/** Measured part of the comparisons; the rest is computed. */
const EFFORT = {
  full: { sdkSeconds: 60, plainCalls: 20, atOnce: 3 },
  quick: { sdkSeconds: 12, plainCalls: 8, atOnce: 4 },
};

export async function measure(
  options: MeasureOptions,
): Promise<Pick<Figures, 'regimes' | 'ingest' | 'unlimited' | 'ledger'>> {
  const { quick, wanted, progress } = options;
  const found: Pick<Figures, 'regimes' | 'ingest' | 'unlimited' | 'ledger'> = {
    regimes: await measureRegimes(options),
  };
  if (wanted.has('ingest')) {
    found.ingest = [];
    for (const rows of quick ? [200_000] : [1_000_000, 10_000_000]) {
      progress(`reading ${rows.toLocaleString('en')} rows`);
      found.ingest.push(await measureIngest(rows));
    }
  }
  if (wanted.has('unlimited')) {
    progress('without limits');
    found.unlimited = await measureUnlimited(quick ? 20 : 50);
  }
  if (wanted.has('ledger')) {
    progress('the ledger');
    const requests = quick ? 40 : 200;
    found.ledger = [
      await measureLedger(requests, { groups: 50, users: 1 }),
      await measureLedger(requests, { groups: 1, users: 500 }),
    ];
  }
  return found;
}

/** Runs ours one at a time, so that nothing disturbs it, and several comparisons at once: they mostly wait. */
async function measureRegimes({ quick, wanted, progress }: MeasureOptions) {
  const chosen = regimes(quick).filter(({ name }) => wanted.has(name));
  const effort = quick ? EFFORT.quick : EFFORT.full;
  const ours: RegimeFigures['ours'][] = [];
  for (const regime of chosen) {
    progress(`${regime.name}: ours`);
    ours.push(await orError(() => runOurs(regime)));
  }
  const compare = async (regime: Regime) => {
    progress(`${regime.name}: plain, SDK`);
    const [plain, sdk] = await Promise.all([
      orError(() => runPlain(regime, effort.plainCalls)),
      orError(() => runSdk(regime, regime.name === 'costly' ? 300 : effort.sdkSeconds)),
    ]);
    return { plain, sdk };
  };
  const compared = await inPool(chosen, effort.atOnce, compare);
  return chosen.flatMap((regime, index): RegimeFigures[] => {
    const [own, others] = [ours[index], compared[index]];
    return own && others ? [{ regime, ours: own, ...others }] : [];
  });
}

async function inPool<T, R>(
  items: readonly T[],
  slots: number,
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const slot = async () => {
    for (const [index, item] of queue) results[index] = await act(item);
  };
  await Promise.all(Array.from({ length: slots }, slot));
  return results;
}
