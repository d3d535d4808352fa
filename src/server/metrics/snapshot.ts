import type { App } from '../../app/open-app.ts';
import type { StoredImportState } from '../../domain/imports/import.ts';
import type { Tally } from '../../domain/pairs/outcome.ts';
import { readHold } from '../../ledger/delivery/holds.ts';
import { countImports } from '../../ledger/imports/import-store.ts';
import { readAllTallies } from '../../ledger/tallies/tallies.ts';
import { within } from '../../platform/with-timeout.ts';
import type { BudgetView } from '../../portal/budget/budget-view.ts';
import type { PortalMonitor } from '../live/portal-monitor.ts';

/** Longest wait for one part, in milliseconds; Prometheus aborts a scrape after ten seconds. */
const TIMEOUT_MS = 2_000;

/** The state of all imports and workers; undefined for a part that did not answer. */
export interface MetricsSnapshot {
  ledger:
    | { tallies: Tally[]; imports: Record<StoredImportState, number>; held: boolean }
    | undefined;
  jobs: Record<string, number> | undefined;
  budget: BudgetView | undefined;
}

/** Reads ledger, queue and budget; one that does not answer does not affect the others. */
export async function readSnapshot(
  { db, queue }: App,
  monitor: PortalMonitor,
): Promise<MetricsSnapshot> {
  const readLedger = async () => ({
    tallies: await readAllTallies(db),
    imports: await countImports(db),
    held: (await readHold(db, monitor.portal)) !== undefined,
  });
  const [ledger, jobs, budget] = await Promise.all([
    within(readLedger(), TIMEOUT_MS),
    within(queue.countByState(), TIMEOUT_MS),
    monitor.budget().catch(() => undefined),
  ]);
  return { ledger, jobs, budget };
}
