import type { App } from '../../app/open-app.ts';
import type { Import } from '../../domain/imports/import.ts';
import { enqueuePending } from '../../invite/enqueue.ts';
import { beginImport } from '../../invite/import-lifecycle.ts';
import { setProblem } from '../../ledger/imports/import-problem.ts';
import { within } from '../../platform/with-timeout.ts';
import type { CheckQueue } from '../jobs/check-queue.ts';

/** Longest wait for the queue, in milliseconds; workers also find the chunks without it. */
const QUEUE_TIMEOUT_MS = 1_000;

/** Starts an import that was found ready, unless it was started meanwhile. */
export async function startReady(
  { db, queue }: Pick<App, 'db' | 'queue'>,
  checks: CheckQueue,
  found: Import,
  actor: string,
): Promise<void> {
  await checks.breakOff(found.id);
  await setProblem(db, found.id, null);
  await beginImport(db, found, actor);
  await within(enqueuePending(db, queue, found.id), QUEUE_TIMEOUT_MS);
}
