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

/** What a trial is about. */
export interface Stage {
  readonly pipeline: Pipeline;
  readonly sandbox: Sandbox;
  /** Two that share a ledger and a budget. */
  readonly workers: readonly [PipelineContext, PipelineContext];
  readonly id: number;
  readonly random: Random;
  readonly clock: ManualClock;
  /** Lets time pass, for the ledger as well. */
  pass(ms: number): Promise<void>;
  setFaults(...faults: Fault[]): Promise<void>;
  openGate(): Promise<void>;
}

const ACTOR = 'chaos';
const SECOND = 1_000;
const HOUR = 3_600_000;
/** After so many milliseconds a worker tries again what it could not do. */
const AFTER_ERROR_MS = 5_000;

/** @returns one of them */
export function choose<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new RangeError('there is nothing to choose from');
  return chosen;
}

/** Gives some chunk its turn, by some worker. @returns milliseconds until it wants the next */
export async function takeTurn(
  stage: Stage,
  worker?: PipelineContext,
  number?: number,
): Promise<number> {
  const { pipeline, workers, id, random } = stage;
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

/** @returns whether something waits at the portal's gate now; false when the turn ended before */
async function untilGateOr(sandbox: Sandbox, turn: Promise<unknown>): Promise<boolean> {
  const gate = new AbortController();
  const isFull = sandbox.until(({ atGate }) => atGate > 0, gate.signal).catch(() => {});
  const first = await Promise.race([isFull.then(() => 'gate'), turn]);
  gate.abort();
  return first === 'gate';
}

export const STEPS = {
  /** Two workers at once, nothing else. */
  async context(stage: Stage) {
    const [one, other] = stage.workers;
    await Promise.all([takeTurn(stage, one), takeTurn(stage, other)]);
  },
  /** One request meets a fault. */
  async fault(stage: Stage) {
    const kinds: FaultKind[] = [...OUTAGES, 'cut_answer', 'error_500', 'error_500_after'];
    const kind = choose<FaultKind>(stage.random, [...kinds, 'rate_limit', 'command_error']);
    await stage.setFaults({ kind, times: 1 + Math.floor(stage.random() * 3) });
    await takeTurn(stage);
    await stage.setFaults();
  },
  /** A person cancels while a turn is under way, and at once puts back in line what failed. */
  async cancelAndRetry(stage: Stage) {
    const { pipeline, id, random } = stage;
    const turn = takeTurn(stage);
    await cancelImport(pipeline.db, await pipeline.find(id), ACTOR);
    if (random() < 0.7) await cancelWaiting(pipeline.db, id);
    await retryImport(pipeline.db, await pipeline.find(id), ACTOR, undefined);
    await turn;
  },
  async pauseAndResume(stage: Stage) {
    const { pipeline, id } = stage;
    const turn = takeTurn(stage);
    await pauseImport(pipeline.db, await pipeline.find(id), ACTOR);
    await turn;
    await resumeImport(pipeline.db, await pipeline.find(id), ACTOR);
  },
  /** The portal answers nothing for an hour. */
  async outage(stage: Stage) {
    const { clock, random } = stage;
    await stage.setFaults({ kind: choose(random, OUTAGES) });
    for (const over = clock.now() + HOUR; clock.now() < over; ) {
      await stage.pass(Math.max(SECOND, await takeTurn(stage)));
      await stage.pass(random() * 300 * SECOND);
    }
    await stage.setFaults();
  },
  /** The answer comes when somebody else has the chunk, who may have read the group already. */
  async lateAnswer(stage: Stage) {
    const { pipeline, sandbox, workers, id, random } = stage;
    const [chunk] = await unsettledChunks(pipeline.db, id);
    if (chunk === undefined) return;
    await stage.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite', times: 1 });
    const turn = takeTurn(stage, workers[0], chunk);
    if (!(await untilGateOr(sandbox, turn))) {
      await stage.setFaults();
      return;
    }
    if (random() < 0.7) await stage.pass(stage.workers[0].client.overAfterMs + SECOND);
    await takeTurn(stage, workers[1], chunk);
    await stage.openGate();
    await turn;
    await stage.setFaults();
  },
  /** Nobody can write for a moment, answers among others. */
  async loseLedger(stage: Stage) {
    await Promise.all([takeTurn(stage), stage.pipeline.loseLedger(50 + stage.random() * 100)]);
  },
  /** A worker stands still for longer than a request may last. */
  async freeze(stage: Stage) {
    const turn = takeTurn(stage);
    await stage.pass(stage.workers[0].client.overAfterMs + 2 * SECOND);
    await Promise.all([turn, takeTurn(stage)]);
  },
  /** The clock of the machine is set back by an hour. */
  async setBack({ clock }: Stage) {
    clock.set(clock.now() - HOUR);
  },
  /** It is set forward by an hour, perhaps while a request is at work, which takes its time. */
  async setForward(stage: Stage) {
    const { pipeline, sandbox, workers, id, clock } = stage;
    const [chunk] = await unsettledChunks(pipeline.db, id);
    if (chunk === undefined) return;
    await stage.setFaults({ kind: 'gate', method: 'sonet_group.user.invite', times: 1 });
    const turn = takeTurn(stage, workers[0], chunk);
    await untilGateOr(sandbox, turn);
    clock.set(clock.now() + HOUR);
    await takeTurn(stage, workers[1], chunk);
    await takeTurn(stage, workers[0], chunk);
    await stage.openGate();
    await turn;
    await stage.setFaults();
  },
} as const satisfies Record<string, (stage: Stage) => Promise<unknown>>;

export type StepName = keyof typeof STEPS;
