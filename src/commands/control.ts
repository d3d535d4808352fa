import type { Config } from '../config.ts';
import type { Import } from '../domain/import.ts';
import { Problem } from '../domain/problem.ts';
import { abandonReading } from '../ingest/abandon-reading.ts';
import {
  type Control,
  cancelImport,
  pauseImport,
  resumeImport,
  retryImport,
} from '../invite/control.ts';
import { otherPortal } from '../invite/other-portal.ts';
import { typed } from '../invocation.ts';
import { cancelWaiting } from '../ledger/cancel-waiting.ts';
import { openExistingLedger } from '../ledger/find-ledger.ts';
import { countInFlight } from '../ledger/in-flight.ts';
import type { Db } from '../ledger/schema.ts';
import { describeInFlight } from './describe-in-flight.ts';
import { requireImport } from './require-import.ts';
import { printTo, type Streams } from './terminal.ts';

const GOES_ON = `A process that runs takes it up within seconds. If there is none, type: ${typed('run FILE.csv')}`;

/** Lets no further request of the import leave. */
export const pause = (config: Config, id: string, streams: Streams) =>
  control(config, id, 'paused', streams, async (db, parent, print) => {
    const done = await pauseImport(db, parent, 'cli');
    if (!done.ok) return done;
    const inFlight = await inFlightOf(db, parent);
    print(`Import ${parent.id} is ${inFlight > 0 ? 'pausing' : 'paused'}. Nothing new leaves.`);
    if (inFlight > 0) print(describeInFlight(inFlight));
    return done;
  });

/** Goes on with a paused import, and tries a held portal at once. */
export const resume = (config: Config, id: string, streams: Streams) =>
  control(config, id, 'resumed', streams, async (db, parent, print) => {
    refuseOtherPortal(config, parent);
    const done = await resumeImport(db, parent, 'cli');
    if (done.ok) print(`Import ${parent.id} is running. ${GOES_ON}`);
    return done;
  });

/** Ends an import before its turn. */
export const cancel = (config: Config, id: string, streams: Streams) =>
  control(config, id, 'cancelled', streams, async (db, parent, print) => {
    if (await abandonReading(db, parent.id, { actor: 'cli' })) {
      print(`Import ${parent.id} is cancelled; its file was being read.`);
      return { ok: true, state: 'cancelled', pairs: 0 };
    }
    const done = await cancelImport(db, parent, 'cli');
    if (done.ok) await cancelWaiting(db, parent.id);
    if (!done.ok) return done;
    const inFlight = await inFlightOf(db, parent);
    const state = inFlight > 0 ? 'cancelling' : 'cancelled';
    print(`Import ${parent.id} is ${state}; ${done.pairs} pairs were waiting.`);
    if (inFlight > 0) print(describeInFlight(inFlight));
    return done;
  });

/** Puts what failed or is unknown back in line. */
export const retry = (config: Config, id: string, reason: string | undefined, streams: Streams) =>
  control(config, id, 'retried', streams, async (db, parent, print) => {
    refuseOtherPortal(config, parent);
    const done = await retryImport(db, parent, 'cli', reason);
    if (done.ok && done.pairs === 0) print(`Import ${parent.id} has nothing to retry.`);
    else if (done.ok)
      print(`Import ${parent.id}: ${done.pairs} pairs are back in line. ${GOES_ON}`);
    return done;
  });

/** What had left before the order, and nobody can call back. */
const inFlightOf = async (db: Db, { id }: Import): Promise<number> =>
  (await countInFlight(db, [id])).get(id) ?? 0;

/** Without a webhook nothing is known of whoever will work on it. */
function refuseOtherPortal({ webhook }: Config, parent: Import): void {
  const problem = webhook && otherPortal(parent, webhook.portal);
  if (problem) throw problem;
}

async function control(
  config: Config,
  id: string,
  participle: string,
  { stdout, stderr }: Streams,
  act: (db: Db, parent: Import, print: (line: string) => void) => Promise<Control>,
): Promise<void> {
  const db = await openExistingLedger(config);
  try {
    const parent = await requireImport(db, id, printTo(stderr));
    const done = await act(db, parent, printTo(stdout));
    if (done.ok) return;
    throw new Problem(
      `Import ${parent.id} is ${done.state} and cannot be ${participle}.`,
      `To see where it stands, type: ${typed(`status ${parent.id}`)}`,
    );
  } finally {
    await db.destroy();
  }
}
