import type { Budget } from '../../../src/portal/budget/budget.ts';
import { INVITE } from '../../../src/portal/methods/invite.ts';
import { randomFrom } from './random-from.ts';
import type { SimulatedChunk, SimulatedImport } from './simulated-import.ts';
import type { SimulatedAnswer, SimulatedCall, SimulatedPortal } from './simulated-portal.ts';
import type { VirtualTime } from './virtual-time.ts';

const TURN_MS = 2_000;
const TIMEOUT_MS = 3_000;
const EARLY_MS = 250;
const BACKOFF_MS = 1_000;
const TRIES = 4;
const FIRST_PAUSE_MS = 750;
const READ = 'read';
const READ_SECONDS = 0.005;
const CALLS_PER_BATCH = 50;

export interface Simulation {
  time: VirtualTime;
  portal: SimulatedPortal;
  /** With the clock of `time`. */
  budget: Budget;
  imports: readonly SimulatedImport[];
  /** Requests in flight at once. */
  concurrency: number;
  /** Server seconds of an invitation at the present time. */
  inviteSeconds: () => number;
  /** Requests per second of another client of the portal. @default 0 */
  otherPerSecond?: number;
  /** Called at the beginning and then every so many milliseconds until the imports have ended. */
  look?: { everyMs: number; act: () => Promise<void> };
}

/**
 * Runs imports as the pipeline does: each worker gives the chunk with the lowest number a turn of two seconds.
 * The budget is the real one.
 */
export async function simulateRun(simulation: Simulation): Promise<void> {
  const { time, imports, look } = simulation;
  const isOver = () => imports.every(({ pending }) => pending === 0);
  const worker = async () => {
    while (!isOver()) {
      const next = nextChunk(simulation);
      if (next === undefined) await time.waitForNotify(untilDue(simulation));
      else await takeTurn(simulation, ...next);
    }
  };
  const looks = async () => {
    while (look !== undefined && !isOver()) {
      await look.act();
      await time.sleep(look.everyMs);
    }
  };
  const workers = Array.from({ length: simulation.concurrency }, () => worker);
  await time.run(...workers, looks, () => sendOthers(simulation, isOver));
}

/** Reads all groups of the imports, four requests at once, as the check before a start does. */
export async function simulateCheck(simulation: Simulation): Promise<void> {
  let left = simulation.imports.flatMap(({ chunks }) => chunks).length;
  const reader = async () => {
    while (left-- > 0) await read(simulation, 50);
  };
  await simulation.time.run(reader, reader, reader, reader, () =>
    sendOthers(simulation, () => left <= 0),
  );
}

async function sendOthers(simulation: Simulation, isOver: () => boolean): Promise<void> {
  const { time, portal, otherPerSecond = 0 } = simulation;
  const random = randomFrom(2);
  while (otherPerSecond > 0 && !isOver()) {
    portal.takePlace();
    // At irregular times, or one of the two would always come first.
    await time.sleep((0.5 + random()) * (1_000 / otherPerSecond));
  }
}

function nextChunk({ imports, time }: Simulation): [SimulatedImport, SimulatedChunk] | undefined {
  const waiting = imports.flatMap((one) =>
    one.chunks
      .filter(({ pairs, isTaken, dueAt }) => pairs > 0 && !isTaken && dueAt <= time.now())
      .slice(0, 1)
      .map((chunk): [SimulatedImport, SimulatedChunk] => [one, chunk]),
  );
  return waiting.toSorted(([, a], [, b]) => a.number - b.number)[0];
}

/** Milliseconds until the next chunk that waits may have a turn. */
function untilDue({ imports, time }: Simulation): number {
  const waiting = imports.flatMap(({ chunks }) => chunks.filter(({ isTaken }) => !isTaken));
  const due = waiting.map(({ dueAt }) => dueAt - time.now());
  return Math.max(1, Math.min(60_000, ...due));
}

let requests = 0;

async function takeTurn(
  simulation: Simulation,
  parent: SimulatedImport,
  chunk: SimulatedChunk,
): Promise<void> {
  const { time } = simulation;
  chunk.isTaken = true;
  const leftOut = { groups: 0, member: 0, missing: 0 };
  let endsAt: number | undefined;
  while (chunk.pairs > 0 && time.now() <= (endsAt ?? time.now())) {
    const granted = await reserve(simulation, parent, chunk);
    if (granted === undefined) break;
    endsAt ??= time.now() + TURN_MS;
    if (!(await sendOne(simulation, parent, chunk, granted, leftOut))) break;
  }
  if (leftOut.groups > 0) {
    await read(simulation, leftOut.groups);
    if (leftOut.missing > 0) await read(simulation, Math.ceil(leftOut.missing / 50));
    parent.settle('member', leftOut.member, time.seconds);
    parent.settle('missing', leftOut.missing, time.seconds);
  }
  chunk.isTaken = false;
  if (chunk.pairs === 0) parent.chunks = parent.chunks.filter((other) => other !== chunk);
  time.notify();
}

/** @returns undefined when the chunk has to wait for longer than a worker waits */
async function reserve(
  { time, budget }: Simulation,
  parent: SimulatedImport,
  chunk: SimulatedChunk,
): Promise<{ id: string; pairs: number } | undefined> {
  requests += 1;
  const id = `request ${requests}`;
  for (;;) {
    const reservation = await budget.reserve({
      ...{ id, method: INVITE, pairs: chunk.pairs, inOneCall: chunk.firstCommand },
      pending: parent.pending,
      ...{ maxWaitMs: TIMEOUT_MS, lifetimeMs: 70_000 },
    });
    const { waitMs } = reservation;
    if (reservation.granted) {
      await time.sleep(waitMs);
      return { id, pairs: reservation.pairs };
    }
    if (reservation.why !== 'others' && waitMs > TIMEOUT_MS) {
      chunk.dueAt = time.now() + waitMs - EARLY_MS;
      return undefined;
    }
    await time.waitForNotify(waitMs);
  }
}

/** @returns whether the portal executed the whole request */
async function sendOne(
  { time, budget, portal, inviteSeconds }: Simulation,
  parent: SimulatedImport,
  chunk: SimulatedChunk,
  { id, pairs }: { id: string; pairs: number },
  leftOut: { groups: number; member: number; missing: number },
): Promise<boolean> {
  const commands = chunk.take(pairs);
  const perInvite = inviteSeconds();
  const countInvited = (users: readonly string[]) =>
    users.filter((one) => one === 'invited').length;
  const calls = commands.map((users) => ({
    ...{ method: INVITE, seconds: countInvited(users) * perInvite },
  }));
  const answer = await sendWithRetries({ time, budget, portal }, calls);
  chunk.inFlight = 0;
  const isExecuted = (at: number) => answer.kind === 'answered' && answer.times[at] !== undefined;
  const executed = commands.filter((_, at) => isExecuted(at)).flat();
  const returned = commands.filter((_, at) => !isExecuted(at));
  const invited = countInvited(executed);
  if (answer.kind === 'rate_limited') await budget.fillBucket();
  if (answer.kind === 'rate_limited' || executed.length === 0) await budget.release(id);
  else {
    const times = answer.times.flatMap((one) => one ?? []);
    const { batch } = answer;
    await budget.settle(id, { method: INVITE, times, batch, pairs: executed.length, invited });
  }
  if (answer.kind === 'answered') {
    for (const method of answer.refused) await budget.closeMethod(method);
  }
  time.notify();
  parent.settle('invited', invited, time.seconds);
  const others = (users: readonly string[]) => users.some((one) => one !== 'invited');
  leftOut.groups += commands.filter((users, at) => isExecuted(at) && others(users)).length;
  leftOut.member += executed.filter((one) => one === 'member').length;
  leftOut.missing += executed.filter((one) => one === 'missing').length;
  if (returned.length === 0) return true;
  chunk.putBack(returned);
  chunk.dueAt = time.now() + BACKOFF_MS;
  return false;
}

async function read({ time, budget, portal }: Simulation, calls: number): Promise<void> {
  for (let left = calls; left > 0; left -= CALLS_PER_BATCH) {
    const { waitMs } = await budget.take(Number.POSITIVE_INFINITY);
    await time.sleep(waitMs);
    const count = Math.min(CALLS_PER_BATCH, left);
    const batch = Array.from({ length: count }, () => ({ method: READ, seconds: READ_SECONDS }));
    const answer = await sendWithRetries({ time, budget, portal }, batch);
    if (answer.kind !== 'answered') continue;
    const times = answer.times.flatMap((one) => one ?? []);
    await budget.bookRead({ method: READ, times, batch: answer.batch });
  }
}

/** As the client: a request without a place in the portal's bucket takes another place. */
async function sendWithRetries(
  { time, budget, portal }: Pick<Simulation, 'time' | 'budget' | 'portal'>,
  calls: readonly SimulatedCall[],
): Promise<SimulatedAnswer> {
  let answer = await portal.send(calls);
  for (let tries = 1; answer.kind === 'rate_limited' && tries < TRIES; tries++) {
    await budget.fillBucket();
    await time.sleep(FIRST_PAUSE_MS * 2 ** (tries - 1));
    const { waitMs } = await budget.take(Number.POSITIVE_INFINITY);
    await time.sleep(waitMs);
    answer = await portal.send(calls);
  }
  return answer;
}
