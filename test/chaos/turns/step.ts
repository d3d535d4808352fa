import {
  cancelImport,
  pauseImport,
  resumeImport,
  retryImport,
} from '../../../src/invite/import-lifecycle.ts';
import type { PipelineContext } from '../../../src/invite/pipeline-context.ts';
import { isLedgerAway } from '../../../src/ledger/db/away.ts';
import { cancelWaiting } from '../../../src/ledger/delivery/cancel-waiting.ts';
import type { Fault, FaultKind } from '../../../src/sandbox/faults.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { Random } from '../../../src/sandbox/state/random.ts';
import type { Pipeline } from '../../invite/pipeline.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import type { ManualClock } from '../../support/manual-clock.ts';

/** The state of a trial. */
export interface Trial {
  readonly pipeline: Pipeline;
  readonly sandbox: Sandbox;
  /** Two workers that share a ledger and a budget. */
  readonly workers: readonly [PipelineContext, PipelineContext];
  readonly id: number;
  readonly random: Random;
  readonly clock: ManualClock;
  /** Advances the time by `ms` milliseconds, in the ledger as well. */
  pass(ms: number): Promise<void>;
  setFaults(...faults: Fault[]): Promise<void>;
  openGate(): Promise<void>;
}

const ACTOR = 'chaos';
const SECOND = 1_000;
const HOUR = 3_600_000;
/** Delay before a worker retries after an error, in milliseconds. */
const AFTER_ERROR_MS = 5_000;

/** @returns a random element */
export function choose<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
}

/**
 * Runs a turn of a chunk.
 *
 * @param worker defaults to a random worker
 * @param number of the chunk; defaults to a random unsettled chunk
 * @returns milliseconds until the next turn is due
 */
export async function takeTurn(
  trial: Trial,
  worker?: PipelineContext,
  number?: number,
): Promise<number> {
  const { pipeline, workers, id, random } = trial;
  try {
    const chunks = await unsettledChunks(pipeline.db, id);
    if (chunks.length === 0) return 0;
    const chunk = number ?? choose(random, chunks);
    const result = await pipeline.turn(worker ?? choose(random, workers), id, { chunk });
    return result.kind === 'later' ? result.afterMs : 0;
  } catch (error) {
    if (isLedgerAway(error)) return AFTER_ERROR_MS;
    throw error;
  }
}

const OUTAGES: FaultKind[] = ['html_502', 'html_503', 'html_504', 'drop_before', 'drop_after'];

/** @returns whether a request waits at the portal's gate; false when the turn ended first */
async function untilGateOr(sandbox: Sandbox, turn: Promise<unknown>): Promise<boolean> {
  const gate = new AbortController();
  const isFull = sandbox.until(({ atGate }) => atGate > 0, gate.signal).catch(() => {});
  const first = await Promise.race([isFull.then(() => 'gate'), turn]);
  gate.abort();
  return first === 'gate';
}

export const STEPS = {
  /** Two workers take a turn at the same time, without faults. */
  async twoTurns(trial: Trial) {
    const [one, other] = trial.workers;
    await Promise.all([takeTurn(trial, one), takeTurn(trial, other)]);
  },
  /** A few requests fail. */
  async fault(trial: Trial) {
    const kinds: FaultKind[] = [...OUTAGES, 'cut_answer', 'error_500', 'error_500_after'];
    const kind = choose<FaultKind>(trial.random, [...kinds, 'rate_limit', 'command_error']);
    await trial.setFaults({ kind, times: 1 + Math.floor(trial.random() * 3) });
    await takeTurn(trial);
    await trial.setFaults();
  },
  /** A user cancels the import during a turn and immediately retries the failed pairs. */
  async cancelAndRetry(trial: Trial) {
    const { pipeline, id, random } = trial;
    const turn = takeTurn(trial);
    await cancelImport(pipeline.db, await pipeline.find(id), ACTOR);
    if (random() < 0.7) await cancelWaiting(pipeline.db, id);
    await retryImport(pipeline.db, await pipeline.find(id), ACTOR, undefined);
    await turn;
  },
  async pauseAndResume(trial: Trial) {
    const { pipeline, id } = trial;
    const turn = takeTurn(trial);
    await pauseImport(pipeline.db, await pipeline.find(id), ACTOR);
    await turn;
    await resumeImport(pipeline.db, await pipeline.find(id), ACTOR);
  },
  /** The portal does not answer for an hour. */
  async outage(trial: Trial) {
    const { clock, random } = trial;
    await trial.setFaults({ kind: choose(random, OUTAGES) });
    for (const over = clock.now() + HOUR; clock.now() < over; ) {
      await trial.pass(Math.max(SECOND, await takeTurn(trial)));
      await trial.pass(random() * 300 * SECOND);
    }
    await trial.setFaults();
  },
  /** The answer arrives when another worker has the chunk and can have read the group already. */
  async lateAnswer(trial: Trial) {
    const { pipeline, sandbox, workers, id, random } = trial;
    const [chunk] = await unsettledChunks(pipeline.db, id);
    if (chunk === undefined) return;
    await trial.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite', times: 1 });
    const turn = takeTurn(trial, workers[0], chunk);
    if (!(await untilGateOr(sandbox, turn))) {
      await trial.setFaults();
      return;
    }
    if (random() < 0.7) await trial.pass(trial.workers[0].client.overAfterMs + SECOND);
    await takeTurn(trial, workers[1], chunk);
    await trial.openGate();
    await turn;
    await trial.setFaults();
  },
  /** The ledger is unavailable for a moment, also for recording answers. */
  async loseLedger(trial: Trial) {
    await Promise.all([takeTurn(trial), trial.pipeline.loseLedger(50 + trial.random() * 100)]);
  },
  /** A worker is suspended for longer than a request can last. */
  async freeze(trial: Trial) {
    const turn = takeTurn(trial);
    await trial.pass(trial.workers[0].client.overAfterMs + 2 * SECOND);
    await Promise.all([turn, takeTurn(trial)]);
  },
  /** The clock of the machine is set back by an hour. */
  async setBack({ clock }: Trial) {
    clock.set(clock.now() - HOUR);
  },
  /** The clock is set forward by an hour, possibly during a slow request. */
  async setForward(trial: Trial) {
    const { pipeline, sandbox, workers, id, clock } = trial;
    const [chunk] = await unsettledChunks(pipeline.db, id);
    if (chunk === undefined) return;
    await trial.setFaults({ kind: 'gate', method: 'sonet_group.user.invite', times: 1 });
    const turn = takeTurn(trial, workers[0], chunk);
    await untilGateOr(sandbox, turn);
    clock.set(clock.now() + HOUR);
    await takeTurn(trial, workers[1], chunk);
    await takeTurn(trial, workers[0], chunk);
    await trial.openGate();
    await turn;
    await trial.setFaults();
  },
} as const satisfies Record<string, (trial: Trial) => Promise<unknown>>;

export type StepName = keyof typeof STEPS;
