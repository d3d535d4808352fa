import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startImport } from '../../../src/invite/control.ts';
import { openLedger } from '../../../src/ledger/database.ts';
import { findImport } from '../../../src/ledger/imports.ts';
import { recordOutcomes } from '../../../src/ledger/outcomes.ts';
import type { Db } from '../../../src/ledger/schema.ts';
import { readPending } from '../../../src/ledger/tallies.ts';
import { seededRandom } from '../../../src/sandbox/random.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../../src/sandbox/seed.ts';
import type { Truth } from '../../../src/sandbox/truth.ts';
import { startOfficeRedis } from '../../e2e/redis-server.ts';
import { claimed } from '../../ledger/sample.ts';
import { crowd } from '../../support/office.ts';
import type { LedgerPlace } from '../../support/sqlite-place.ts';
import { takeCsv } from '../../support/take-csv.ts';
import { doMischief, MISCHIEF_NAMES, type MischiefName } from './mischief.ts';
import { WorkerChildren } from './worker-children.ts';

export interface TrialReport {
  seed: number;
  mischief: MischiefName[];
  pairs: number;
  invited: number;
  cancelled: number;
  /** What does not agree with the portal's truth; empty is good. */
  wrong: string[];
}

export interface TrialOptions {
  /** @default what the seed chooses */
  mischief?: readonly MischiefName[];
  /** The clocks of the workers differ by an hour: for a ledger with a clock of its own. */
  clocksApart?: boolean;
}

const GROUPS = 20;
const USERS = 25;
const HOUR_MS = 3_600_000;
/** The portal ends every request within this; workers wait longer. */
const REQUEST_LIMIT_SECONDS = 1.2;
const TIMEOUT_MS = 2_000;
const LOCK_MS = 1_000;
/** A request is over within twice the time-out; others have the job long before. */
const FREEZE_MS = 2 * TIMEOUT_MS + 2_500;
const PATIENCE_MS = 120_000;

/**
 * Two workers, processes of their own, work on an import while mischief is done to them, all of it
 * chosen by the seed. Then the ledger is held against what the portal has done.
 *
 * @param place where the ledger is
 */
export async function runTrial(
  seed: number,
  place: LedgerPlace,
  { mischief, clocksApart = false }: TrialOptions = {},
): Promise<TrialReport> {
  const random = seededRandom(seed);
  await using stack = new AsyncDisposableStack();
  const sandbox = await startSandbox({
    ...{ seed: plainSeed({ users: USERS + 1, groups: GROUPS }), faultSeed: seed },
    ...{ burst: 500, requestsPerSecond: 500, requestLimitSeconds: REQUEST_LIMIT_SECONDS },
    ...{ inviteSeconds: 0.01 + random() * 0.02, latencyMs: Math.round(random() * 200) },
  });
  stack.defer(() => sandbox.close());
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-trial-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const redis = stack.use(await startOfficeRedis(folder));
  const db = await openLedger(place.place);
  stack.defer(() => db.destroy());

  const importId = await prepare(db, new URL(sandbox.webhookUrl).host);
  const workers = stack.use(
    new WorkerChildren({
      ...{ redisUrl: redis.url, ledger: place.place, webhookUrl: sandbox.webhookUrl },
      ...{ timeoutMs: TIMEOUT_MS, lockMs: LOCK_MS, clockAheadMs: 0 },
    }),
  );
  await workers.start();
  await workers.start(clocksApart ? { clockAheadMs: (random() < 0.5 ? 1 : -1) * HOUR_MS } : {});

  const setFaults = async (...faults: unknown[]) => {
    const init = { method: 'POST', body: JSON.stringify(faults) };
    await fetch(`${sandbox.origin}/sandbox/faults`, init);
  };
  const victims = { db, importId, workers, place, setFaults, freezeMs: FREEZE_MS };
  const played: MischiefName[] = [];
  const acts =
    mischief ?? Array.from({ length: 2 + Math.floor(random() * 4) }, () => anyOf(random));
  for (const name of acts) {
    await sleep(100 + random() * 800);
    played.push(name);
    await doMischief(name, victims, random);
  }
  const wrong = await untilEnded(db, importId);
  const truth: Truth = JSON.parse(await (await fetch(`${sandbox.origin}/sandbox/truth`)).text());
  const pairs = await readPairs(db, importId);
  wrong.push(...compare(pairs, truth));
  const count = (outcome: string) => pairs.filter((pair) => pair.outcome === outcome).length;
  return {
    ...{ seed, mischief: played, pairs: pairs.length, wrong },
    ...{ invited: count('invited'), cancelled: count('cancelled') },
  };
}

const anyOf = (random: () => number): MischiefName =>
  MISCHIEF_NAMES[Math.floor(random() * MISCHIEF_NAMES.length)] ?? 'freeze';

/** An import that runs, in which one pair has failed, so that there is something to retry. */
async function prepare(db: Db, portal: string): Promise<number> {
  const source = { fileName: 'a.csv', fileDigest: 'a', portal, message: null };
  const id = await takeCsv(db, source, async function* () {
    yield Buffer.from(crowd(GROUPS, USERS));
  });
  await startImport(db, id);
  const range = await claimed(db, id);
  const verdict = { outcome: 'failed', reason: 'portal_error', detail: 'X' } as const;
  await recordOutcomes(db, range, [{ seq: 1, verdict }]);
  return id;
}

/** @returns what is wrong when the import does not come to an end */
async function untilEnded(db: Db, id: number): Promise<string[]> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const state = await findImport(db, id).then(
      (found) => found?.state,
      () => undefined,
    );
    if (state === 'finished') return [];
    if (state === 'cancelled' && (await readPending(db, id)) === 0) return [];
    await sleep(100);
  }
  return [`no end within ${PATIENCE_MS / 1_000} s`];
}

const readPairs = (db: Db, id: number) =>
  db
    .selectFrom('pairs')
    .select(['group_id', 'user_id', 'outcome', 'reason'])
    .where('import_id', '=', id)
    .execute();

function compare(pairs: Awaited<ReturnType<typeof readPairs>>, { notifications }: Truth): string[] {
  const notified = new Map(
    notifications.map(({ groupId, userId, count }) => [`${groupId}/${userId}`, count]),
  );
  return pairs.flatMap(({ group_id, user_id, outcome, reason }) => {
    const key = `${group_id}/${user_id}`;
    const count = notified.get(key) ?? 0;
    const said = `${key} is ${outcome}/${reason}, notified ${count} times`;
    if (count > 1) return [said];
    return (outcome === 'invited') === (count === 1) ? [] : [said];
  });
}
