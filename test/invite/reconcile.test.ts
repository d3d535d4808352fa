import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkImport } from '../../src/check/check-import.ts';
import { retryImport } from '../../src/invite/control.ts';
import type { Work } from '../../src/invite/work.ts';
import { readRecords } from '../../src/ledger/records.ts';
import { INVITE } from '../../src/portal/invite.ts';
import { METHOD_GET } from '../../src/portal/method-availability.ts';
import { USER_TO_GROUP_LIST } from '../../src/portal/user-to-group.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { openPortal, type Portal } from '../sandbox/raw-client.ts';
import { ManualClock } from '../support/clock.ts';
import { crowd } from '../support/office.ts';
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

interface Setting {
  portal: Portal;
  work: Work;
  id: number;
}

/** A group with people who were there before, and an import of them and two more. */
async function open(
  { maxAttempts = 5, ...options }: Partial<SandboxOptions> & { maxAttempts?: number } = {},
): Promise<Setting> {
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
  const work = pipeline.workFor(url, { timeoutMs: 60_000, maxAttempts });
  return { portal, work, id: await pipeline.start(work, crowd(1, 6)) };
}

/** The portal carries the import's request out, and its answer is lost. */
async function loseAnswer({ portal, work, id }: Setting): Promise<void> {
  await portal.control('faults', [{ kind: 'drop_after', method: INVITE, times: 1 }]);
  expect(await pipeline.turn(work, id)).toMatchObject({ kind: 'later' });
  clock.pass(work.client.overAfterMs);
}

/** @returns each person's outcome, once all have one */
async function outcomes({ work, id }: Setting): Promise<Record<number, string>> {
  expect(await pipeline.turn(work, id)).toEqual({ kind: 'settled' });
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
    'those whom it invited are told from those who were there before; the portal’s clock is off by %i s',
    async (clockSkewSeconds) => {
      const setting = await open({ clockSkewSeconds });
      await loseAnswer(setting);
      expect(await outcomes(setting)).toEqual(AS_IT_WAS);
      const { notifications } = await setting.portal.truth();
      expect(notifications.map(({ userId, count }) => [userId, count])).toEqual([
        [NEW, 1],
        [NEWER, 1],
      ]);
    },
  );

  test('somebody whom another person has invited meanwhile was not invited by it', async () => {
    const setting = await open();
    await setting.portal.control('faults', [{ kind: 'drop_before', method: INVITE, times: 1 }]);
    await pipeline.turn(setting.work, setting.id);
    const relation = { groupId: 1, role: 'Z', initiatorId: 10 };
    await setting.portal.control('relations', [{ ...relation, userId: NEW }]);
    clock.pass(setting.work.client.overAfterMs);
    expect(await outcomes(setting)).toEqual({
      ...AS_IT_WAS,
      [NEW]: 'skipped/already_invited',
      [NEWER]: 'invited/returned',
    });
  });

  test('somebody who has joined meanwhile is a member', async () => {
    const setting = await open();
    await loseAnswer(setting);
    await setting.portal.control('relations', [{ groupId: 1, userId: NEW, role: 'K' }]);
    expect(await outcomes(setting)).toEqual({ ...AS_IT_WAS, [NEW]: 'skipped/already_member' });
  });

  test('the portal’s methods are asked about once, and a list is read for the groups in doubt', async () => {
    const setting = await open();
    await loseAnswer(setting);
    await outcomes(setting);
    const again = { ...setting, id: await pipeline.start(setting.work, crowd(1, 6, 2)) };
    await loseAnswer(again);
    await outcomes(again);
    const { calls } = await setting.portal.truth();
    expect(calls).toMatchObject({ [METHOD_GET]: 1, [USER_TO_GROUP_LIST]: 2 });
  });

  test('those who were put back in line, since nothing could be read, are told as well', async () => {
    const setting = await open({ maxAttempts: 1 });
    const { portal, work, id } = setting;
    await loseAnswer(setting);
    await portal.control('faults', [{ kind: 'error_500', method: READ }]);
    expect(await pipeline.turn(work, id)).toEqual({ kind: 'settled' });
    expect(await pipeline.tallies(id)).toEqual({ 'unknown/no_answer': 6 });
    await portal.control('faults', undefined, 'DELETE');
    await retryImport(pipeline.db, await pipeline.find(id), 'admin', undefined);
    expect(await outcomes(setting)).toEqual(AS_IT_WAS);
  });

  test('a list that cannot be read now is read with the next turn', async () => {
    const setting = await open();
    await loseAnswer(setting);
    await setting.portal.control('faults', [
      { kind: 'error_500', method: USER_TO_GROUP_LIST, times: 4 },
    ]);
    expect(await pipeline.turn(setting.work, setting.id)).toMatchObject({ kind: 'later' });
    expect(await outcomes(setting)).toEqual(AS_IT_WAS);
  });
});

describe.each([METHOD_GET, USER_TO_GROUP_LIST] as const)('a portal without %s', (absent) => {
  const PENDING = 'invited/confirmed';

  test('tells members, and takes who is pending for invited', async () => {
    const setting = await open({ absent: [absent] });
    await loseAnswer(setting);
    expect(await outcomes(setting)).toEqual({
      ...AS_IT_WAS,
      ...{ [BY_CALLER]: PENDING, [BY_OTHER]: PENDING, [ASKS]: PENDING },
    });
  });

  test('is read with what a check has seen before', async () => {
    const setting = await open({ absent: [absent] });
    await checkImport(setting.work, setting.id);
    await loseAnswer(setting);
    expect(await outcomes(setting)).toEqual(AS_IT_WAS);
  });
});

test('people whom an answer leaves out are explained from a reading of a moment ago', async () => {
  const portal = await openPortal({ seed: plainSeed({ users: 3_000, groups: 1 }) });
  const people = Array.from({ length: 3_000 }, (_, at) => at + 2);
  await portal.control(
    'relations',
    people.map((userId) => ({ groupId: 1, userId, role: userId % 2 ? 'K' : 'Z' })),
  );
  const work = pipeline.workFor(portal.sandbox.webhookUrl);
  const id = await pipeline.start(work, crowd(1, 3_000));
  for (const chunk of [0, 1, 2]) {
    while ((await pipeline.turn(work, id, { chunk })).kind !== 'settled');
  }
  expect(await pipeline.tallies(id)).toEqual({
    ...{ 'skipped/already_member': 1_500, 'skipped/already_invited': 1_500 },
  });
  const { calls } = await portal.truth();
  expect(calls[READ]).toBe(1);
});
