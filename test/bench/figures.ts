import type { IngestFigures } from './ingest/ingest-figures.ts';
import type { LedgerCost } from './ledger-cost.ts';
import type { Regime } from './regime.ts';
import type { OurRun } from './runs/our-run.ts';
import type { PlainRun } from './runs/plain-run.ts';
import type { SdkRun } from './runs/sdk-run.ts';
import type { Unlimited } from './unlimited.ts';

/** Results of one regime for three clients; an error for a run that failed. */
export interface RegimeFigures {
  regime: Regime;
  ours: OurRun | { error: string };
  plain: PlainRun | { error: string };
  sdk: SdkRun | { error: string };
}

/** All results of the bench; only the figures that were requested are present. */
export interface Figures {
  startedAt: string;
  quick: boolean;
  machine: { cpus: number; cpu: string; node: string; sdk: string };
  regimes: RegimeFigures[];
  ingest?: IngestFigures[];
  unlimited?: Unlimited;
  ledger?: LedgerCost[];
}

/** @returns the error instead of throwing it, so that the other figures are still measured */
export async function orError<T>(measure: () => Promise<T>): Promise<T | { error: string }> {
  try {
    return await measure();
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
