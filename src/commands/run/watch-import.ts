import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../app/open-app.ts';
import { TimeLeft } from '../../check/time-left.ts';
import { countPending, type Import, shownState } from '../../domain/imports/import.ts';
import type { Tally } from '../../domain/pairs/outcome.ts';
import { SYSTEM_CLOCK } from '../../domain/time/clock.ts';
import { ThroughputMeter } from '../../domain/time/throughput-meter.ts';
import { LedgerUnreachable } from '../../ledger/db/ledger-unreachable.ts';
import { readHold } from '../../ledger/delivery/holds.ts';
import { countInFlight, countLeftOut } from '../../ledger/delivery/in-flight.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';
import { INVITE } from '../../portal/methods/invite.ts';
import { requireImport } from '../imports/find-import.ts';
import { importNotice } from '../imports/import-notice.ts';
import type { Streams } from '../terminal/terminal.ts';
import { BudgetReader } from './budget-reader.ts';
import { listenForInterrupt } from './interruption.ts';
import { startOwnWorker } from './own-worker.ts';
import { ProgressLine, type ProgressState } from './progress.ts';

/** Interval between reads of the progress, in milliseconds. */
const POLL_MS = 200;
/** Longest wait for an unreachable ledger, in milliseconds. */
const AWAY_MS = 60_000;
const AWAY = 'the ledger cannot be reached; retrying';

/**
 * Works on the portal's imports in this process until the given import has ended, and shows its
 * progress.
 *
 * @returns how it ended
 * @throws the error that stops the worker
 */
export async function watchImport(
  app: App,
  importId: number,
  stderr: Streams['stderr'],
): Promise<'ended' | 'interrupted'> {
  // Disposed last: a second signal also ends the wait for the requests in flight.
  using interrupt = listenForInterrupt(() => {
    stderr.write(
      '\nStopping when the requests in flight are answered. Press Ctrl-C again to stop at once.\n',
    );
  });
  await using worker = await startOwnWorker(app);
  const progress = new ProgressLine(stderr);
  const budget = new BudgetReader((pending) => app.client.budget.readView(INVITE, pending));
  const timeLeft = new TimeLeft(app.db, app.client, SYSTEM_CLOCK, app.quietHours);
  const pace = new ThroughputMeter();
  let settled = -1;
  let shown: ProgressState | undefined;
  for (;;) {
    const seen = await pollImport(app, importId, { budget, timeLeft }, interrupt.signal, () => {
      if (shown === undefined) return;
      progress.show({ ...shown, isSending: false, notice: AWAY }, pace, performance.now());
    });
    if (seen === undefined) return 'interrupted';
    const { parent, state } = seen;
    shown = state;
    if (state.settled !== settled) worker.noteProgress();
    settled = state.settled;
    pace.noteImport(performance.now(), parent.state, seen.tallies);
    const cancelled = parent.state === 'cancelled' && state.settled === state.pairs;
    if (parent.state === 'finished' || cancelled) {
      progress.end(state, pace);
      return 'ended';
    }
    if (interrupt.signal.aborted) return 'interrupted';
    app.lost.throwIfAborted();
    worker.broken.throwIfAborted();
    progress.show(state, pace, performance.now());
    await pause(AbortSignal.any([interrupt.signal, worker.broken, app.lost]));
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(POLL_MS, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

interface Readers {
  budget: BudgetReader;
  timeLeft: TimeLeft;
}

interface Seen {
  parent: Import;
  tallies: readonly Tally[];
  state: ProgressState;
}

/**
 * Reads the import as soon as its ledger can be reached.
 *
 * @param onAway called while the ledger cannot be reached
 * @returns undefined when interrupted meanwhile
 * @throws Problem when it cannot be reached for too long
 */
async function pollImport(
  app: App,
  importId: number,
  readers: Readers,
  interrupted: AbortSignal,
  onAway: () => void,
): Promise<Seen | undefined> {
  const deadline = performance.now() + AWAY_MS;
  for (;;) {
    try {
      return await readView(app, importId, readers);
    } catch (error) {
      if (!(error instanceof LedgerUnreachable) || performance.now() > deadline) throw error;
    }
    if (interrupted.aborted) return undefined;
    onAway();
    await pause(interrupted);
  }
}

async function readView(
  { db, quietHours }: App,
  importId: number,
  { budget, timeLeft }: Readers,
): Promise<Seen> {
  const parent = await requireImport(db, String(importId));
  const tallies = await readTallies(db, importId);
  const pending = countPending(tallies);
  const issues = tallies
    .filter(({ outcome }) => outcome === 'rejected' || outcome === 'duplicate')
    .reduce((sum, { count }) => sum + count, 0);
  const pairs = parent.pairs - issues;
  const hold = await readHold(db, parent.portal);
  const inFlight = (await countInFlight(db, [importId])).get(importId) ?? 0;
  const leftOut = (await countLeftOut(db, [importId])).get(importId) ?? 0;
  const shown = shownState(parent.state, { inFlight, isHeld: hold !== undefined });
  const standing = { state: shown, inFlight, leftOut, pending, hold };
  const notice = await importNotice(db, parent, standing, budget, quietHours);
  const seen = budget.latest(performance.now(), pending);
  const hasEstimate = shown === 'running' && typeof seen !== 'string';
  if (!hasEstimate) timeLeft.pause(importId);
  const secondsLeft = hasEstimate ? await timeLeft.of(importId, seen) : undefined;
  const isSending = shown === 'running' && (inFlight > 0 || notice === undefined);
  const state = { pairs, settled: pairs - pending, secondsLeft, isSending, notice };
  return { parent, tallies, state };
}
