import { randomUUID } from 'node:crypto';
import { beginOrder, confirmOrder } from '../../../src/invite/orders/order-lifecycle.ts';
import { runOrderChunk } from '../../../src/invite/orders/order-turn.ts';
import { previewOrder } from '../../../src/invite/orders/preview-order.ts';
import type { PipelineContext } from '../../../src/invite/pipeline-context.ts';
import { isLedgerAway } from '../../../src/ledger/db/away.ts';
import { orderChunksToDo } from '../../../src/ledger/orders/order-chunks.ts';
import { findOrder, readOrderTallies } from '../../../src/ledger/orders/order-store.ts';
import { readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { CANCEL_INVITE } from '../../../src/portal/methods/user-to-group.ts';
import type { Fault, FaultKind } from '../../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { type Random, seededRandom } from '../../../src/sandbox/state/random.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import type { Pipeline } from '../../invite/pipeline.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { crowd } from '../../support/program-harness.ts';
import { orderSandbox } from '../../support/sandbox-order.ts';
import { choose } from '../turns/step.ts';
import { PORTAL_TIME, passOnServer, portalTime, truthOf } from '../turns/trial.ts';

const NEVER = new AbortController().signal;
const GROUPS = 3;
const USERS = 12;
const CALLER = 1;
/** Somebody else who invites people. */
const OTHER = USERS + 2;
const SECOND = 1_000;
const MAX_TURNS = 2_000;
/** Few, so that the undo takes many turns. */
const PAIRS_PER_CHUNK = 4;
const CANCEL = CANCEL_INVITE.toLowerCase();

/** The undo of one import by two workers, while a later import invites the same people. */
interface UndoTrial {
  pipeline: Pipeline;
  sandbox: Sandbox;
  workers: readonly [PipelineContext, PipelineContext];
  id: number;
  /** The later import. */
  later: number;
  order: number;
  random: Random;
  /** Pairs whose invitation a person has declined, as `group/user`. */
  declined: Set<string>;
  pass(ms: number): Promise<void>;
  setFaults(...faults: Fault[]): Promise<void>;
  openGate(): Promise<void>;
}

/**
 * Two workers withdraw what an import has invited, with faults that the seed determines, while people accept, decline,
 * leave, and are invited by others and by a later import. Then it compares the ledger with the portal.
 *
 * @returns the differences, one sentence each
 */
export async function runUndoTrial(
  pipeline: Pipeline,
  clock: ManualClock,
  seed: number,
): Promise<string[]> {
  const random = seededRandom(seed);
  const time = portalTime(clock);
  const sandbox = await startSandbox({
    ...{ seed: plainSeed({ users: OTHER, groups: GROUPS }), faultSeed: seed, inviteSeconds: 0 },
    ...{ burst: 1_000, requestsPerSecond: 1_000 },
    now: () => PORTAL_TIME + time.passed() / SECOND,
  });
  const order = (path: string, body: unknown) => orderSandbox(sandbox, path, body);
  const pass = async (ms: number) => {
    const whole = Math.round(ms);
    if (isOnPostgres) await passOnServer(pipeline.db, whole);
    clock.pass(whole);
    time.pass(whole);
  };
  try {
    const one = pipeline.workFor(sandbox.webhookUrl, { maxAttempts: 20 });
    const { budget } = one.client;
    const workers = [
      one,
      pipeline.workFor(sandbox.webhookUrl, { budget, maxAttempts: 20 }),
    ] as const;
    const id = await pipeline.start(one, crowd(GROUPS, USERS));
    for (const chunk of await unsettledChunks(pipeline.db, id)) {
      while ((await pipeline.turn(one, id, { chunk })).kind !== 'settled') await pass(SECOND);
    }
    const invitedUntil = PORTAL_TIME + time.passed() / SECOND;
    await pass(60 * SECOND);
    const trial: UndoTrial = {
      ...{ pipeline, sandbox, workers, id, later: 0, order: 0, random, pass },
      declined: new Set(),
      setFaults: (...faults) => order('faults', faults),
      openGate: () => order('gate/open', {}),
    };
    for (let people = 8; people > 0; people--) await act(trial, ['accept', 'decline', 'invite']);
    const begun = await beginOrder(pipeline.db, { id }, 'withdraw', 'chaos');
    if (!begun.ok) throw begun.problem;
    trial.order = begun.id;
    await previewOrder(one, begun.id, NEVER, PAIRS_PER_CHUNK);
    trial.later = await pipeline.start(one, crowd(GROUPS, USERS));
    const toDo = (await readOrderTallies(pipeline.db, begun.id)).find((it) => it.result === null);
    await confirmOrder(pipeline.db, { id }, 'withdraw', toDo?.count ?? 0, 'chaos');
    const done: string[] = [];
    for (let steps = 3 + Math.floor(random() * 6); steps > 0; steps--) {
      const name = choose(random, Object.keys(STEPS) as (keyof typeof STEPS)[]);
      done.push(name);
      await STEPS[name](trial);
      await act(trial, ['accept', 'decline', 'leave', 'invite', 'invite']);
    }
    const wrong = await untilEnded(trial);
    wrong.push(...(await compare(trial, invitedUntil)));
    return wrong.map((line) => `seed ${seed} (${done.join(', ')}): ${line}`);
  } finally {
    await sandbox.close();
  }
}

/** Gives a turn to the order. @returns milliseconds until the next one is due */
async function takeTurn(
  { pipeline, workers, id, order, random }: UndoTrial,
  worker = choose(random, workers),
): Promise<number> {
  try {
    const { portal } = worker.client.webhook;
    const chunks = (await orderChunksToDo(pipeline.db, portal)).flatMap((it) => it.chunks);
    if (chunks.length === 0) return 0;
    const turn = { importId: id, orderId: order, number: choose(random, chunks) };
    const signals = { stop: NEVER, abort: NEVER };
    const result = await runOrderChunk(worker, turn, randomUUID(), signals);
    return result.kind === 'later' ? result.afterMs : 0;
  } catch (error) {
    if (isLedgerAway(error)) return 5 * SECOND;
    throw error;
  }
}

/** Gives a turn to the later import, if it has something to do. */
async function inviteTurn({ pipeline, workers, later, random }: UndoTrial): Promise<number> {
  const [chunk] = await unsettledChunks(pipeline.db, later);
  if (chunk === undefined) return 0;
  const result = await pipeline.turn(choose(random, workers), later, { chunk }).catch((error) => {
    if (!isLedgerAway(error)) throw error;
    return { kind: 'later' as const, afterMs: 5 * SECOND, why: '' };
  });
  return result.kind === 'later' ? result.afterMs : 0;
}

/**
 * A person does something. Who has a request in flight may only accept: no method of the portal distinguishes an invitation
 * from another one that was made in its place a moment ago.
 */
async function act(trial: UndoTrial, actions: readonly string[]): Promise<void> {
  const { pipeline, sandbox, random, declined } = trial;
  const groupId = 1 + Math.floor(random() * GROUPS);
  const userId = 2 + Math.floor(random() * USERS);
  const inFlight = await pipeline.db
    .selectFrom('sent_pairs')
    .select('seq')
    .where('group_id', '=', groupId as never)
    .where('user_id', '=', userId as never)
    .executeTakeFirst();
  const action = inFlight === undefined ? choose(random, actions) : 'accept';
  const { relations } = await truthOf(sandbox);
  const role = relations.find((it) => it.groupId === groupId && it.userId === userId)?.role;
  const perform = (name: string, more: object = {}) =>
    orderSandbox(sandbox, 'actions', [{ action: name, groupId, userId, ...more }]);
  if (role === 'Z' && action !== 'accept') declined.add(`${groupId}/${userId}`);
  if (action === 'invite') {
    await perform('decline');
    await perform('invite', { byUserId: OTHER });
  } else await perform(action);
}

const FAULTS: readonly FaultKind[] = [
  ...(['drop_before', 'drop_after', 'html_502', 'html_504', 'cut_answer'] as const),
  ...(['error_500', 'error_500_after', 'rate_limit', 'command_error'] as const),
];

const STEPS = {
  async turns(trial: UndoTrial) {
    await Promise.all([takeTurn(trial, trial.workers[0]), takeTurn(trial, trial.workers[1])]);
  },
  async fault(trial: UndoTrial) {
    const kind = choose(trial.random, FAULTS);
    await trial.setFaults({ kind, times: 1 + Math.floor(trial.random() * 3) });
    await takeTurn(trial);
    await trial.setFaults();
  },
  /** People accept while requests are on the way. */
  async accepting(trial: UndoTrial) {
    const turn = takeTurn(trial);
    await Promise.all([turn, act(trial, ['accept']), act(trial, ['accept'])]);
  },
  async laterImport(trial: UndoTrial) {
    await Promise.all([inviteTurn(trial), takeTurn(trial)]);
  },
  /** The answer arrives when another worker has the chunk and has read the group already. */
  async lateAnswer(trial: UndoTrial) {
    const { sandbox, workers } = trial;
    await trial.setFaults({ kind: 'gate_answer', method: CANCEL, times: 1 });
    const turn = takeTurn(trial, workers[0]);
    const gate = new AbortController();
    const isFull = sandbox.until(({ atGate }) => atGate > 0, gate.signal).catch(() => {});
    await Promise.race([isFull, turn]);
    gate.abort();
    if (trial.random() < 0.7) await trial.pass(workers[0].client.overAfterMs + SECOND);
    await takeTurn(trial, workers[1]);
    await trial.openGate();
    await turn;
    await trial.setFaults();
  },
  async loseLedger(trial: UndoTrial) {
    const away = trial.pipeline.loseLedger(50 + trial.random() * 100);
    await Promise.all([takeTurn(trial), away]);
  },
  /** A worker is suspended for longer than a request can last. */
  async freeze(trial: UndoTrial) {
    const turn = takeTurn(trial);
    await trial.pass(trial.workers[0].client.overAfterMs + 2 * SECOND);
    await Promise.all([turn, takeTurn(trial)]);
  },
} as const satisfies Record<string, (trial: UndoTrial) => Promise<unknown>>;

async function untilEnded(trial: UndoTrial): Promise<string[]> {
  const { pipeline, order, later } = trial;
  await trial.setFaults();
  await trial.openGate();
  for (let turns = 0; turns < MAX_TURNS; turns++) {
    const isOver = (await findOrder(pipeline.db, order))?.state === 'finished';
    if (isOver && (await pipeline.outcomes(later)).pending === 0) return [];
    const waits = [await takeTurn(trial), await inviteTurn(trial)];
    await trial.pass(SECOND + Math.min(...waits.map((ms) => (ms === 0 ? 60_000 : ms))));
  }
  return [`no end after ${MAX_TURNS} turns`];
}

/** @param invitedUntil when the import had ended, in Unix seconds of the portal */
async function compare(
  { pipeline, sandbox, id, declined }: UndoTrial,
  invitedUntil: number,
): Promise<string[]> {
  const wrong: string[] = [];
  const withdrawn = new Map<string, number>();
  for (const it of (await truthOf(sandbox)).withdrawals) {
    const key = `${it.groupId}/${it.userId}`;
    withdrawn.set(key, (withdrawn.get(key) ?? 0) + 1);
    const isInvitation = it.role === 'Z' && it.initiatedBy === 'G';
    if (isInvitation && it.initiatorId === CALLER && it.createdAt <= invitedUntil) continue;
    wrong.push(`${key} was withdrawn, which the import has not made: ${JSON.stringify(it)}`);
  }
  const pairs = await pipeline.db
    .selectFrom('pairs')
    .select(['group_id', 'user_id', 'outcome', 'reason'])
    .where('import_id', '=', id)
    .execute();
  for (const { group_id, user_id, outcome, reason } of pairs) {
    const key = `${group_id}/${user_id}`;
    const count = withdrawn.get(key) ?? 0;
    // A person who declines while a request is lost looks like a withdrawal.
    const isRight =
      outcome === 'withdrawn'
        ? count === 1 || declined.has(key)
        : count === 0 && outcome === 'invited';
    if (!isRight) wrong.push(`${key} is ${outcome}/${reason}, withdrawn ${count} times`);
  }
  const tallies = await readTallies(pipeline.db, id);
  const counted = Map.groupBy(pairs, ({ outcome, reason }) => `${outcome}/${reason}`);
  for (const { outcome, reason, count } of tallies) {
    if ((counted.get(`${outcome}/${reason}`)?.length ?? 0) !== count) {
      wrong.push(`the tally of ${outcome}/${reason} is ${count}`);
    }
  }
  return wrong;
}
