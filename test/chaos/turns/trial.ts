import { sql } from 'kysely';
import type { Clock } from '../../../src/domain/time/clock.ts';
import { openReading } from '../../../src/invite/lookup/portal-reading.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { seededRandom } from '../../../src/sandbox/state/random.ts';
import { plainSeed, relation } from '../../../src/sandbox/state/seed.ts';
import type { Truth } from '../../../src/sandbox/truth.ts';
import type { Pipeline } from '../../invite/pipeline.ts';
import { claimed } from '../../ledger/sample-pairs.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { crowd } from '../../support/program-harness.ts';
import { orderSandbox } from '../../support/sandbox-order.ts';
import { choose, STEPS, type StepName, type Trial, takeTurn } from './step.ts';

const GROUPS = 4;
const USERS = 12;
/** Start time of the portal in seconds since 1970; independent of all other clocks. */
export const PORTAL_TIME = Date.parse('2026-02-01T10:00:00Z') / 1_000;
const STEP_NAMES = Object.keys(STEPS) as StepName[];
/** Offsets between the clocks of the two workers' machines, in milliseconds. */
const CLOCK_OFFSETS_MS = [0, 3_600_000, -3_600_000, 90_000];
/** Number of turns after which an unfinished import counts as stuck. */
const MAX_TURNS = 3_000;

/**
 * Two workers take turns at an import, with faults that the seed determines, on a clock that only the
 * trial advances. Then it compares the ledger with the state of the portal, pair by pair.
 *
 * @returns the differences, one sentence each
 */
export async function runTrial(
  pipeline: Pipeline,
  clock: ManualClock,
  seed: number,
): Promise<string[]> {
  const random = seededRandom(seed);
  const portalSeed = plainSeed({ users: USERS + 1, groups: GROUPS });
  const before = new Set<string>();
  for (const [index, group] of portalSeed.groups.entries()) {
    for (let user = 2; user <= USERS + 1; user++) {
      if (random() > 0.2) continue;
      group.relations.set(user, relation(random() < 0.5 ? 'K' : 'Z'));
      before.add(`${index + 1}/${user}`);
    }
  }
  const time = portalTime(clock);
  const sandbox = await startSandbox({
    ...{
      seed: portalSeed,
      faultSeed: seed,
      burst: 1_000,
      requestsPerSecond: 1_000,
      inviteSeconds: 0,
    },
    now: () => PORTAL_TIME + time.passed() / 1_000,
  });
  try {
    const trial = await prepare(pipeline, clock, sandbox, random, time);
    const done: StepName[] = [];
    for (let steps = 3 + Math.floor(random() * 8); steps > 0; steps--) {
      const name = choose(random, STEP_NAMES);
      // A test cannot set the clock of a server.
      if ((name === 'setBack' || name === 'setForward') && isOnPostgres) continue;
      done.push(name);
      await STEPS[name](trial);
    }
    const wrong = await untilEnded(trial);
    wrong.push(
      ...compare(await readPairs(pipeline.db, trial.id), await truthOf(sandbox), before, done),
    );
    return wrong.map((line) => `seed ${seed} (${done.join(', ')}): ${line}`);
  } finally {
    await sandbox.close();
  }
}

async function prepare(
  pipeline: Pipeline,
  clock: ManualClock,
  sandbox: Sandbox,
  random: Trial['random'],
  time: ReturnType<typeof portalTime>,
): Promise<Trial> {
  const one = pipeline.workFor(sandbox.webhookUrl, { maxAttempts: 20 });
  const { budget } = one.client;
  const second = pipeline.workFor(sandbox.webhookUrl, { budget });
  const itsClock = offsetClock(clock, choose(random, CLOCK_OFFSETS_MS));
  const other = {
    ...{ ...second, clock: itsClock, maxAttempts: one.maxAttempts },
    reading: openReading(second.client, itsClock),
  };
  const id = await pipeline.start(one, crowd(GROUPS, USERS));
  // One pair has failed, so that the trial can retry it.
  const verdict = { outcome: 'failed', reason: 'portal_error', detail: 'X' } as const;
  await recordOutcomes(pipeline.db, await claimed(pipeline.db, id), [{ seq: 1, verdict }]);
  const order = (path: string, body: unknown) => orderSandbox(sandbox, path, body);
  return {
    ...{ pipeline, sandbox, workers: [one, other], id, random, clock },
    async pass(ms) {
      const whole = Math.round(ms);
      // The ledger first and the others right after it: a reader of all of them in between reads again.
      if (isOnPostgres) await passOnServer(pipeline.db, whole);
      clock.pass(whole);
      time.pass(whole);
    },
    setFaults: (...faults) => order('faults', faults),
    openGate: () => order('gate/open', {}),
  };
}

/** @returns the clock of another machine: `byMs` milliseconds ahead, at the same speed */
export const offsetClock = (clock: ManualClock, byMs: number): Clock => ({
  now: () => clock.now() + byMs,
  monotonic: () => clock.monotonic() + byMs,
  sleep: (ms, signal) => clock.sleep(ms, signal),
});

/**
 * The time at the portal, in milliseconds since the trial began. It advances with the ledger's time and
 * is never set back. On a server it also advances by itself.
 */
export function portalTime(clock: ManualClock) {
  const [began, beganAt] = [clock.monotonic(), performance.now()];
  let moved = 0;
  return {
    pass(ms: number) {
      moved += ms;
    },
    passed: () => (isOnPostgres ? performance.now() - beganAt + moved : clock.monotonic() - began),
  };
}

/** Shifts all times that are compared with the server's clock, instead of the clock. */
export async function passOnServer(db: Db, ms: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // In the order of `changeImport`, to avoid a deadlock.
    await sql`update imports set started_at = started_at - ${ms}`.execute(tx);
    await sql`update sent_pairs set sent_at = sent_at - ${ms}, ends_by = ends_by - ${ms}`.execute(
      tx,
    );
    await sql`update pairs set settled_at = settled_at - ${ms}`.execute(tx);
    await sql`update holds set probe_at = probe_at - ${ms}`.execute(tx);
  });
}

/** @returns an error if the import does not end */
async function untilEnded(trial: Trial): Promise<string[]> {
  const { pipeline, id } = trial;
  await trial.setFaults();
  await trial.openGate();
  for (let turns = 0; turns < MAX_TURNS; turns++) {
    if ((await pipeline.outcomes(id)).pending === 0) return [];
    await trial.pass(1_000 + (await takeTurn(trial)));
  }
  return [`no end after ${MAX_TURNS} turns`];
}

const readPairs = (db: Db, id: number) =>
  db
    .selectFrom('pairs')
    .select(['seq', 'group_id', 'user_id', 'outcome', 'reason'])
    .where('import_id', '=', id)
    .execute();

export const truthOf = async ({ origin }: Sandbox): Promise<Truth> =>
  JSON.parse(await (await fetch(`${origin}/sandbox/truth`)).text());

function compare(
  pairs: Awaited<ReturnType<typeof readPairs>>,
  { notifications }: Truth,
  before: ReadonlySet<string>,
  done: readonly StepName[],
): string[] {
  // A clock that was set does not show when an invitation was made, and the program does not guess.
  const mayBeUnclear = done.includes('setBack') || done.includes('setForward');
  const notified = new Map(
    notifications.map(({ groupId, userId, count }) => [`${groupId}/${userId}`, count]),
  );
  return pairs.flatMap(({ seq, group_id, user_id, outcome, reason }) => {
    const key = `${group_id}/${user_id}`;
    const count = notified.get(key) ?? 0;
    const isRight = before.has(key)
      ? count === 0 && agreesIfRelated(outcome)
      : count <= 1 && (outcome === 'invited') === (count === 1) && agrees(outcome);
    const isUnclear = mayBeUnclear && outcome === 'unknown';
    return isRight || isUnclear || (seq === 1 && outcome === 'failed' && count === 0)
      ? []
      : [`${key} is ${outcome}/${reason}, notified ${count} times`];
  });
}

/** The portal works again in the end, so no pair is unknown or failed. */
const agrees = (outcome: string): boolean => outcome === 'invited' || outcome === 'cancelled';

/** A user with an earlier relation is not invited, whatever answer is lost. */
const agreesIfRelated = (outcome: string): boolean =>
  outcome === 'skipped' || outcome === 'cancelled';
