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
import { choose, STEPS, type Stage, type StepName, takeTurn } from './step.ts';

const GROUPS = 4;
const USERS = 12;
/** Seconds since 1970; it need not agree with anybody's clock. */
const PORTAL_TIME = Date.parse('2026-02-01T10:00:00Z') / 1_000;
const STEP_NAMES = Object.keys(STEPS) as StepName[];
/** How far the clocks of the two workers' machines are apart, in milliseconds. */
const APART_MS = [0, 3_600_000, -3_600_000, 90_000];
/** Turns after which an import that has not ended never will. */
const MOST_TURNS = 3_000;

/**
 * Two workers take turns at an import, while what the seed chooses befalls them, on a clock that passes
 * when the trial says so. Then the ledger is held against what the portal has done, pair by pair.
 *
 * @returns what does not agree, a sentence each
 */
export async function playTrial(
  pipeline: Pipeline,
  clock: ManualClock,
  seed: number,
): Promise<string[]> {
  const random = seededRandom(seed);
  const people = plainSeed({ users: USERS + 1, groups: GROUPS });
  const before = new Set<string>();
  for (const [index, group] of people.groups.entries()) {
    for (let user = 2; user <= USERS + 1; user++) {
      if (random() > 0.2) continue;
      group.relations.set(user, relation(random() < 0.5 ? 'K' : 'Z'));
      before.add(`${index + 1}/${user}`);
    }
  }
  const time = portalTime(clock);
  const sandbox = await startSandbox({
    ...{ seed: people, faultSeed: seed, burst: 1_000, requestsPerSecond: 1_000, inviteSeconds: 0 },
    now: () => PORTAL_TIME + time.passed() / 1_000,
  });
  try {
    const stage = await prepare(pipeline, clock, sandbox, random, time);
    const played: StepName[] = [];
    for (let steps = 3 + Math.floor(random() * 8); steps > 0; steps--) {
      const name = choose(random, STEP_NAMES);
      // A server's clock is not ours to set.
      if ((name === 'setBack' || name === 'setForward') && isOnPostgres) continue;
      played.push(name);
      await STEPS[name](stage);
    }
    const wrong = await untilEnded(stage);
    wrong.push(
      ...compare(await readPairs(pipeline.db, stage.id), await truthOf(sandbox), before, played),
    );
    return wrong.map((line) => `seed ${seed} (${played.join(', ')}): ${line}`);
  } finally {
    await sandbox.close();
  }
}

async function prepare(
  pipeline: Pipeline,
  clock: ManualClock,
  sandbox: Sandbox,
  random: Stage['random'],
  time: ReturnType<typeof portalTime>,
): Promise<Stage> {
  const one = pipeline.workFor(sandbox.webhookUrl, { maxAttempts: 20 });
  const { budget } = one.client;
  const second = pipeline.workFor(sandbox.webhookUrl, { budget });
  const itsClock = apart(clock, choose(random, APART_MS));
  const other = {
    ...{ ...second, clock: itsClock, maxAttempts: one.maxAttempts },
    reading: openReading(second.client, itsClock),
  };
  const id = await pipeline.start(one, crowd(GROUPS, USERS));
  // One pair has failed, so that there is something to retry.
  const verdict = { outcome: 'failed', reason: 'portal_error', detail: 'X' } as const;
  await recordOutcomes(pipeline.db, await claimed(pipeline.db, id), [{ seq: 1, verdict }]);
  const order = (path: string, body: unknown) => orderSandbox(sandbox, path, body);
  return {
    ...{ pipeline, sandbox, workers: [one, other], id, random, clock },
    async pass(ms) {
      const whole = Math.round(ms);
      // First, and the others at once after it: whoever reads all of them in between reads again.
      if (isOnPostgres) await passOnServer(pipeline.db, whole);
      clock.pass(whole);
      time.pass(whole);
    },
    setFaults: (...faults) => order('faults', faults),
    openGate: () => order('gate/open', {}),
  };
}

/** @returns the clock of another machine, on which it is later, and time passes as fast */
const apart = (clock: ManualClock, byMs: number): Clock => ({
  now: () => clock.now() + byMs,
  monotonic: () => clock.monotonic() + byMs,
  sleep: (ms, signal) => clock.sleep(ms, signal),
});

/**
 * The time at the portal, in milliseconds since the trial began: it passes as the ledger's does, and
 * nobody sets it back. A server's clock passes by itself, and whenever the trial moves what is compared
 * with it.
 */
function portalTime(clock: ManualClock) {
  const [began, beganAt] = [clock.monotonic(), performance.now()];
  let moved = 0;
  return {
    pass(ms: number) {
      moved += ms;
    },
    passed: () => (isOnPostgres ? performance.now() - beganAt + moved : clock.monotonic() - began),
  };
}

/** What is compared with a server's clock is moved instead of it. */
async function passOnServer(db: Db, ms: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // In the order of `changeImport`: nobody waits for each other.
    await sql`update imports set started_at = started_at - ${ms}`.execute(tx);
    await sql`update sent_pairs set sent_at = sent_at - ${ms}, ends_by = ends_by - ${ms}`.execute(
      tx,
    );
    await sql`update holds set probe_at = probe_at - ${ms}`.execute(tx);
  });
}

/** @returns what is wrong when the import does not come to an end */
async function untilEnded(stage: Stage): Promise<string[]> {
  const { pipeline, id } = stage;
  await stage.setFaults();
  await stage.openGate();
  for (let turns = 0; turns < MOST_TURNS; turns++) {
    if ((await pipeline.outcomes(id)).pending === 0) return [];
    await stage.pass(1_000 + (await takeTurn(stage)));
  }
  return [`no end after ${MOST_TURNS} turns`];
}

const readPairs = (db: Db, id: number) =>
  db
    .selectFrom('pairs')
    .select(['seq', 'group_id', 'user_id', 'outcome', 'reason'])
    .where('import_id', '=', id)
    .execute();

const truthOf = async ({ origin }: Sandbox): Promise<Truth> =>
  JSON.parse(await (await fetch(`${origin}/sandbox/truth`)).text());

function compare(
  pairs: Awaited<ReturnType<typeof readPairs>>,
  { notifications }: Truth,
  before: ReadonlySet<string>,
  played: readonly StepName[],
): string[] {
  // Who was invited when cannot be told by a clock that was set back, and is not guessed.
  const mayBeUnclear = played.includes('setBack') || played.includes('setForward');
  const notified = new Map(
    notifications.map(({ groupId, userId, count }) => [`${groupId}/${userId}`, count]),
  );
  return pairs.flatMap(({ seq, group_id, user_id, outcome, reason }) => {
    const key = `${group_id}/${user_id}`;
    const count = notified.get(key) ?? 0;
    const isRight = before.has(key)
      ? count === 0 && agreesForThoseBefore(outcome)
      : count <= 1 && (outcome === 'invited') === (count === 1) && agrees(outcome);
    const isUnclear = mayBeUnclear && outcome === 'unknown';
    return isRight || isUnclear || (seq === 1 && outcome === 'failed' && count === 0)
      ? []
      : [`${key} is ${outcome}/${reason}, notified ${count} times`];
  });
}

/** The portal works again in the end: then nothing is unknown, and nobody has failed. */
const agrees = (outcome: string): boolean => outcome === 'invited' || outcome === 'cancelled';

/** Nobody invites those who were there before, whatever answer got lost. */
const agreesForThoseBefore = (outcome: string): boolean =>
  outcome === 'skipped' || outcome === 'cancelled';
