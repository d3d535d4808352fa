import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkImport } from '../../src/check/check-import.ts';
import { pauseImport, retryImport } from '../../src/invite/import-lifecycle.ts';
import type { PipelineContext } from '../../src/invite/pipeline-context.ts';
import type { ChunkRange } from '../../src/ledger/delivery/chunks.ts';
import { chunksToDo, countChunksToDo } from '../../src/ledger/delivery/chunks-to-do.ts';
import { readSent } from '../../src/ledger/delivery/read-sent.ts';
import { clearSent } from '../../src/ledger/delivery/sent-pairs.ts';
import { readRecords } from '../../src/ledger/results/read-records.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { METHOD_GET } from '../../src/portal/methods/method-availability.ts';
import { USER_TO_GROUP_LIST } from '../../src/portal/methods/user-to-group.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { plainSeed, relation } from '../../src/sandbox/state/seed.ts';
import { claimed } from '../ledger/sample-pairs.ts';
import { openPortal, type Portal } from '../sandbox/raw-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const clock = new ManualClock(Date.now());
const HOUR = 3_600;
const READ = 'socialnetwork.api.workgroup.get';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline(clock);
});
afterAll(() => pipeline[Symbol.asyncDispose]());

const [MEMBER, BY_CALLER, BY_OTHER, ASKS, NEW, NEWER] = [2, 3, 4, 5, 6, 7];
const PEOPLE = 6;

interface Setting {
  portal: Portal;
  context: PipelineContext;
  id: number;
}

/** A group with four people from before, and an import of these four and two more. */
async function open({
  maxAttempts = 5,
  isChecked = false,
  ...options
}: Partial<SandboxOptions> & { maxAttempts?: number; isChecked?: boolean } = {}): Promise<Setting> {
  const portal = await openPortal({ seed: plainSeed({ users: 10, groups: 2 }), ...options });
  const now = Date.now() / 1_000 + (options.clockSkewSeconds ?? 0);
  const before = { groupId: 1, role: 'Z', createdAt: Math.floor(now) - HOUR };
  await portal.control('relations', [
    { ...before, userId: MEMBER, role: 'K' },
    { ...before, userId: BY_CALLER, initiatorId: 1 },
    { ...before, userId: BY_OTHER, initiatorId: 10 },
    { ...before, userId: ASKS, initiatedBy: 'U' },
  ]);
  const url = portal.sandbox.webhookUrl;
  const context = pipeline.workFor(url, { timeoutMs: 60_000, maxAttempts });
  const check = (id: number) => checkImport(context, id);
  const id = await pipeline.start(context, crowd(1, PEOPLE), isChecked ? check : undefined);
  return { portal, context, id };
}

/** The portal executes the import's requests, or not, and sends no answer. */
async function loseAnswers(
  { portal, context, id }: Setting,
  kind: 'drop_after' | 'drop_before' = 'drop_after',
): Promise<void> {
  await portal.control('faults', [{ kind, method: INVITE }]);
  const sent = pipeline.db.selectFrom('sent_pairs').select('seq').where('import_id', '=', id);
  // How many requests a turn sends depends on how long the portal takes.
  while ((await sent.execute()).length < PEOPLE) {
    expect(await pipeline.turn(context, id)).toMatchObject({
      kind: expect.stringMatching('later|yielded'),
    });
  }
  await portal.control('faults', undefined, 'DELETE');
  clock.pass(context.client.overAfterMs);
}

/** @returns the id of the request that carried a person */
async function requestOf(range: ChunkRange, userId: number): Promise<string> {
  const mark = (await readSent(pipeline.db, range)).find((pair) => pair.userId === userId);
  return mark?.requestId ?? '';
}

/** @returns each person's outcome, after a turn that settles all */
async function outcomes({ context, id }: Setting): Promise<Record<number, string>> {
  expect(await pipeline.turn(context, id)).toEqual({ kind: 'settled' });
  const found: Record<number, string> = {};
  for await (const { userId, outcome, reason } of readRecords(pipeline.db, id)) {
    found[Number(userId)] = `${outcome}/${reason}`;
  }
  return found;
}

const AS_IT_WAS = {
  [MEMBER]: 'skipped/already_member',
  [BY_CALLER]: 'skipped/already_invited',
  [BY_OTHER]: 'skipped/already_invited',
  [ASKS]: 'skipped/already_invited',
  [NEW]: 'invited/confirmed',
  [NEWER]: 'invited/confirmed',
};

describe('after a request without an answer', () => {
  test.each([0, -2 * HOUR, 2 * HOUR])(
    'distinguishes people it invited from people who were there before, with the portal’s clock off by %i s',
    async (clockSkewSeconds) => {
      const setting = await open({ clockSkewSeconds });
      await loseAnswers(setting);
      expect(await outcomes(setting)).toEqual(AS_IT_WAS);
      const { notifications } = await setting.portal.truth();
      expect(notifications.map(({ userId, count }) => [userId, count])).toEqual([
        [NEW, 1],
        [NEWER, 1],
      ]);
    },
  );

  test('records a person invited by another user meanwhile as already invited', async () => {
    const setting = await open();
    await loseAnswers(setting, 'drop_before');
    const byOther = { groupId: 1, role: 'Z', initiatorId: 10 };
    await setting.portal.control('relations', [{ ...byOther, userId: NEW }]);
    expect(await outcomes(setting)).toEqual({
      ...AS_IT_WAS,
      [NEW]: 'skipped/already_invited',
      [NEWER]: 'invited/returned',
    });
  });

  test('records a person who has joined meanwhile as a member', async () => {
    const setting = await open();
    await loseAnswers(setting);
    await setting.portal.control('relations', [{ groupId: 1, userId: NEW, role: 'K' }]);
    expect(await outcomes(setting)).toEqual({ ...AS_IT_WAS, [NEW]: 'skipped/already_member' });
  });

  test('confirms the pairs of a paused import as well, and sends nothing else of it', async () => {
    const setting = await open();
    const { portal, context, id } = setting;
    await loseAnswers(setting);
    const range = await claimed(pipeline.db, id);
    await clearSent(pipeline.db, id, await requestOf(range, NEWER), [NEWER - 1]);
    await pauseImport(pipeline.db, await pipeline.find(id), 'admin');
    expect(await chunksToDo(pipeline.db, id)).toEqual([0]);
    const { invitationsSent } = await portal.truth();
    expect(await pipeline.turn(context, id)).toEqual({ kind: 'dropped', why: 'not_running' });
    expect(await pipeline.tallies(id)).toEqual({
      ...{ 'skipped/already_member': 1, 'skipped/already_invited': 3 },
      ...{ 'invited/confirmed': 1, 'pending/': 1 },
    });
    expect((await portal.truth()).invitationsSent).toBe(invitationsSent);
    expect(await chunksToDo(pipeline.db, id)).toEqual([]);
    expect(await countChunksToDo(pipeline.db, context.client.webhook.portal)).toEqual(new Map());
  });

  test('checks the portal’s methods once, and reads a list for the groups in doubt', async () => {
    const setting = await open();
    await loseAnswers(setting);
    await outcomes(setting);
    const again = { ...setting, id: await pipeline.start(setting.context, crowd(1, PEOPLE, 2)) };
    await loseAnswers(again);
    await outcomes(again);
    const { calls } = await setting.portal.truth();
    expect(calls).toMatchObject({ [METHOD_GET]: 1, [USER_TO_GROUP_LIST]: 2 });
  });

  test('confirms pairs that a retry set to pending because nothing could be read', async () => {
    const setting = await open({ maxAttempts: 1 });
    const { portal, context, id } = setting;
    await loseAnswers(setting);
    await portal.control('faults', [{ kind: 'error_500', method: READ }]);
    expect(await pipeline.turn(context, id)).toEqual({ kind: 'settled' });
    expect(await pipeline.tallies(id)).toEqual({ 'unknown/no_answer': 6 });
    await portal.control('faults', undefined, 'DELETE');
    await retryImport(pipeline.db, await pipeline.find(id), 'admin', undefined);
    expect(await outcomes(setting)).toEqual(AS_IT_WAS);
  });

  test('reads a list that cannot be read now in the next turn', async () => {
    const setting = await open();
    await loseAnswers(setting);
    await setting.portal.control('faults', [
      { kind: 'error_500', method: USER_TO_GROUP_LIST, times: 4 },
    ]);
    const later = await pipeline.turn(setting.context, setting.id);
    if (later?.kind !== 'later') throw new Error('the list was read');
    clock.pass(later.afterMs);
    expect(await outcomes(setting)).toEqual(AS_IT_WAS);
  });
});

describe.each([METHOD_GET, USER_TO_GROUP_LIST] as const)('a portal without %s', (absent) => {
  const PENDING = 'invited/confirmed';

  test('shows members, and pending people count as invited', async () => {
    const setting = await open({ absent: [absent] });
    await loseAnswers(setting);
    expect(await outcomes(setting)).toEqual({
      ...AS_IT_WAS,
      ...{ [BY_CALLER]: PENDING, [BY_OTHER]: PENDING, [ASKS]: PENDING },
    });
  });

  test('is complemented by what an earlier check recorded', async () => {
    const setting = await open({ absent: [absent], isChecked: true });
    await loseAnswers(setting);
    expect(await outcomes(setting)).toEqual(AS_IT_WAS);
  });
});

/** Runs the turns of each chunk of an import. */
async function turnAll(context: PipelineContext, id: number): Promise<void> {
  const { db } = pipeline;
  const chunks = db.selectFrom('chunks').select('number').where('import_id', '=', id);
  for (const { number: chunk } of await chunks.execute()) {
    let result = await pipeline.turn(context, id, { chunk });
    while (result.kind === 'yielded') result = await pipeline.turn(context, id, { chunk });
    expect(result).toEqual({ kind: 'settled' });
  }
}

describe('people that an answer leaves out', () => {
  test('are explained from a group that was read a moment ago', async () => {
    const portal = await openPortal({ seed: plainSeed({ users: 3_000, groups: 1 }) });
    const people = Array.from({ length: 3_000 }, (_, at) => at + 2);
    await portal.control(
      'relations',
      people.map((userId) => ({ groupId: 1, userId, role: userId % 2 ? 'K' : 'Z' })),
    );
    const context = pipeline.workFor(portal.sandbox.webhookUrl);
    const id = await pipeline.start(context, crowd(1, 3_000));
    await turnAll(context, id);
    expect(await pipeline.tallies(id)).toEqual({
      ...{ 'skipped/already_member': 1_500, 'skipped/already_invited': 1_500 },
    });
    const { calls } = await portal.truth();
    expect(calls[READ]).toBe(1);
  });

  test('are explained although the portal cannot read their groups in one request', async () => {
    const seed = plainSeed({ users: 10, groups: 12 });
    for (const { relations } of seed.groups) {
      for (let id = 2; id <= 10; id++) relations.set(id, relation('K'));
    }
    // A group takes 0.15 s: one request reads two of them.
    const slow = { memberReadSeconds: 0.015, requestLimitSeconds: 0.4 };
    const portal = await openPortal({ seed, ...slow });
    const context = pipeline.workFor(portal.sandbox.webhookUrl);
    const id = await pipeline.start(context, crowd(12, 5));
    await turnAll(context, id);
    expect(await pipeline.tallies(id)).toEqual({ 'skipped/already_member': 60 });
    expect((await portal.truth()).cutRequests).toBeGreaterThan(0);
  });
});
