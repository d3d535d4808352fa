import type { Config } from '../../config/config.ts';
import type { Import } from '../../domain/imports/import.ts';
import { reasonsToRetry, type Tally } from '../../domain/pairs/outcome.ts';
import { discardImport } from '../../ingest/discard-import.ts';
import {
  cancelImport,
  type LifecycleResult,
  pauseImport,
  resumeImport,
  retryImport,
} from '../../invite/import-lifecycle.ts';
import { otherPortal } from '../../invite/other-portal.ts';
import { openExistingLedger } from '../../ledger/db/find-ledger.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { cancelWaiting } from '../../ledger/delivery/cancel-waiting.ts';
import { countInFlight, countLeftOut } from '../../ledger/delivery/in-flight.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';
import { problem } from '../../messages/problems.ts';
import { typed } from '../../platform/invocation.ts';
import { counted } from '../terminal/plural.ts';
import { printTo, type Streams } from '../terminal/terminal.ts';
import { describeInFlight } from './describe-in-flight.ts';
import { requireImport } from './find-import.ts';
import { startWork } from './start-work.ts';

const goesOn = (parent: Import): string =>
  `A running worker picks it up within seconds. If none is running, type: ${startWork(parent)}`;

/** Pauses an import: no further request is sent. */
export const pause = (config: Config, id: string, streams: Streams) =>
  control(config, id, 'paused', streams, async (db, parent, print) => {
    const done = await pauseImport(db, parent, 'cli');
    if (!done.ok) return done;
    const inFlight = await inFlightOf(db, parent);
    print(
      `Import ${parent.id} is ${inFlight > 0 ? 'pausing' : 'paused'}. No new requests are sent.`,
    );
    for (const line of await inFlightLines(db, parent, inFlight)) print(line);
    return done;
  });

/** Resumes a paused import, and retries a held portal at once. */
export const resume = (config: Config, id: string, streams: Streams) =>
  control(config, id, 'resumed', streams, async (db, parent, print) => {
    refuseOtherPortal(config, parent);
    const done = await resumeImport(db, parent, 'cli');
    if (done.ok) print(`Import ${parent.id} is running. ${goesOn(parent)}`);
    return done;
  });

/** Cancels an import, also one with a file that is still being read. */
export const cancel = (config: Config, id: string, streams: Streams) =>
  control(config, id, 'cancelled', streams, async (db, parent, print) => {
    if (await discardImport(db, parent.id, { actor: 'cli' })) {
      print(`Import ${parent.id} is cancelled; its file was being read.`);
      return { ok: true, state: 'cancelled', pairs: 0 };
    }
    const done = await cancelImport(db, parent, 'cli');
    if (done.ok) await cancelWaiting(db, parent.id);
    if (!done.ok) return done;
    const inFlight = await inFlightOf(db, parent);
    const state = inFlight > 0 ? 'cancelling' : 'cancelled';
    print(
      `Import ${parent.id} is ${state}; ${counted(done.pairs, 'pair')} ${done.pairs === 1 ? 'was' : 'were'} pending.`,
    );
    for (const line of await inFlightLines(db, parent, inFlight)) print(line);
    return done;
  });

/** Sets pairs to pending: those with a reason, or all that another try can help. */
export const retry = (config: Config, id: string, reason: string | undefined, streams: Streams) =>
  control(config, id, 'retried', streams, async (db, parent, print) => {
    refuseOtherPortal(config, parent);
    const done = await retryImport(db, parent, 'cli', reason);
    if (!done.ok) return done;
    const are = done.pairs === 1 ? 'is' : 'are';
    print(
      done.pairs === 0
        ? nothingToRetry(parent, await readTallies(db, parent.id), reason)
        : `Import ${parent.id}: ${counted(done.pairs, 'pair')} ${are} pending again. ${goesOn(parent)}`,
    );
    return done;
  });

/** Explains why there is nothing to retry, and lists the reasons that can be retried. */
function nothingToRetry({ id }: Import, tallies: readonly Tally[], reason?: string): string {
  const there = tallies
    .filter((tally) => reasonsToRetry(tally.reason ?? '').length > 0)
    .toSorted((a, b) => b.count - a.count)
    .map((tally) => `${tally.reason} ${tally.count.toLocaleString('en')}`);
  if (reason === undefined && there.length === 0) return `Import ${id} has nothing to retry.`;
  const rest =
    there.length === 0 ? 'nothing for any other reason' : `retryable: ${there.join(' · ')}`;
  const why = reason === undefined ? 'without --reason' : `for the reason ${reason}`;
  return `Import ${id} has nothing to retry ${why}; ${rest}.`;
}

/** Pairs in requests that were sent before the command and cannot be recalled. */
const inFlightOf = async (db: Db, { id }: Import): Promise<number> =>
  (await countInFlight(db, [id])).get(id) ?? 0;

async function inFlightLines(db: Db, { id }: Import, inFlight: number): Promise<string[]> {
  return describeInFlight(inFlight, (await countLeftOut(db, [id])).get(id) ?? 0);
}

/** Checks nothing without a webhook: the portal of the workers is not known then. */
function refuseOtherPortal({ webhook }: Config, parent: Import): void {
  const problem = webhook && otherPortal(parent, webhook.portal);
  if (problem) throw problem;
}

async function control(
  config: Config,
  id: string,
  participle: string,
  { stdout, stderr }: Streams,
  act: (db: Db, parent: Import, print: (line: string) => void) => Promise<LifecycleResult>,
): Promise<void> {
  await using db = await openExistingLedger(config);
  const parent = await requireImport(db, id, printTo(stderr));
  const done = await act(db, parent, printTo(stdout));
  if (done.ok) return;
  throw problem('wrong_state', {
    id: parent.id,
    state: done.state,
    participle,
    command: typed(`status ${parent.id}`),
  });
}
