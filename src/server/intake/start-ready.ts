import type { App } from '../../app.ts';
import type { Import } from '../../domain/import.ts';
import { beginImport } from '../../invite/control.ts';
import { enqueuePending } from '../../invite/enqueue.ts';
import { setProblem } from '../../ledger/import-problem.ts';
import { within } from '../live/within.ts';
import type { CheckRoom } from './check-room.ts';

/** How long it waits for the queue; a worker finds the chunks by itself, too. */
const QUEUE_PATIENCE_MS = 1_000;

/** Starts an import that was found ready, unless somebody else has done so meanwhile. */
export async function startReady(
  { db, queue }: Pick<App, 'db' | 'queue'>,
  checks: CheckRoom,
  found: Import,
  actor: string,
): Promise<void> {
  await checks.breakOff(found.id);
  await setProblem(db, found.id, null);
  await beginImport(db, found, actor);
  await within(enqueuePending(db, queue, found.id), QUEUE_PATIENCE_MS);
}
