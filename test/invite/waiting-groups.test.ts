import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pauseImport, resumeImport } from '../../src/invite/import-lifecycle.ts';
import { findWaitingGroups } from '../../src/ledger/delivery/group-waits.ts';
import { tryNow } from '../../src/ledger/delivery/holds.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import {
  type PortalAnswer,
  type PortalCall,
  startFaultyPortal,
} from '../support/invite/faulty-portal.ts';
import { runChunks } from '../support/invite/run-chunks.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const clock = new ManualClock();
const READ = 'socialnetwork.api.workgroup.get';
const ODD: PortalAnswer = { error: 'ODD', error_description: 'Nobody knows' };
const LOST: PortalAnswer = { error: 'ERROR_UNEXPECTED_ANSWER', error_description: 'x' };
const FULL: PortalAnswer = { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'x' };
const EMPTY: PortalAnswer = {
  result: { MEMBERS: [], INVITED_MEMBERS: [], ACTIONS: { INVITE: 'Y' } },
};
/** Two people in each of the groups 7, 8 and 9. */
const CSV = 'group_id,user_id\n7,2\n7,3\n8,2\n8,3\n9,2\n9,3\n';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline(clock);
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** The portal's answers by method and group; all other calls succeed. */
const answers = new Map<string, PortalAnswer>();
/** The same, for the next call only. */
const nextAnswers = new Map<string, PortalAnswer>();
beforeEach(() => answers.clear());

function answerTo(call: PortalCall): PortalAnswer {
  const key = `${call.method} ${call.groupId}`;
  const answer = nextAnswers.get(key) ?? answers.get(key) ?? defaultAnswer(call);
  nextAnswers.delete(key);
  return answer;
}

const defaultAnswer = ({ method, userIds }: PortalCall): PortalAnswer =>
  method === INVITE ? { result: userIds } : method === READ ? EMPTY : { result: [] };

async function start(maxAttempts = 20, csv = CSV) {
  const portal = await startFaultyPortal(answerTo);
  const context = pipeline.workFor(portal.webhookUrl, { maxAttempts });
  const id = await pipeline.start(context, csv);
  const { db } = pipeline;
  return {
    ...{ context, id, db },
    turn: () => pipeline.turn(context, id),
    waits: () => findWaitingGroups(db, id, 10),
    count: (method: string, group: number) =>
      portal.calls.filter((call) => call.method === method && call.groupId === group).length,
    attempts: async () => {
      const rows = db.selectFrom('pairs').select('attempts').where('import_id', '=', id);
      return (await rows.where('group_id', '=', 7 as never).execute()).map((row) => row.attempts);
    },
  };
}

describe('a group that cannot be read', () => {
  test('delays only itself, and is read again when its pause is over', async () => {
    answers.set(`${INVITE} 7`, LOST).set(`${INVITE} 8`, FULL).set(`${READ} 7`, ODD);
    const { id, turn, waits, count, attempts } = await start();
    await turn();
    expect(await pipeline.tallies(id)).toEqual({ 'pending/': 6 });
    answers.delete(`${INVITE} 8`);
    // The read of the group fails, and the unsent pairs of another group are sent all the same.
    expect(await turn()).toMatchObject({ kind: 'later', why: 'retry' });
    expect(await pipeline.tallies(id)).toEqual({ 'pending/': 2, 'invited/returned': 4 });
    const waiting = await waits();
    expect(waiting).toMatchObject({ count: 1, pairs: 2, first: [{ id: 7, step: 'read' }] });
    const [group] = waiting?.first ?? [];
    expect(group).toMatchObject({ code: 'ODD', description: 'Nobody knows', tries: 1 });
    expect(group?.since.getTime()).toBe(clock.now());
    expect(await attempts()).toEqual([2, 2]);

    // An earlier turn reads nothing, and counts no attempt.
    await turn();
    expect([count(READ, 7), await attempts()]).toEqual([1, [2, 2]]);
    clock.pass((group?.nextTryAt.getTime() ?? 0) - clock.now());
    await turn();
    expect([count(READ, 7), await attempts()]).toEqual([2, [3, 3]]);
    expect((await waits())?.first).toMatchObject([{ tries: 2, since: group?.since }]);
    // Never sent again before the group is read.
    expect(count(INVITE, 7)).toBe(1);
  });

  test('continues when it can be read again', async () => {
    answers.set(`${INVITE} 7`, LOST).set(`${READ} 7`, ODD);
    const { id, context, turn, waits } = await start();
    await turn();
    await turn();
    expect(await waits()).toBeDefined();
    answers.clear();
    await runChunks(pipeline, context, clock, [id]);
    expect(await pipeline.tallies(id)).toEqual({ 'invited/returned': 6 });
    expect(await waits()).toBeUndefined();
  });

  test('leaves its pairs unknown after their attempts, and costs the others none', async () => {
    answers.set(`${INVITE} 7`, LOST).set(`${READ} 7`, ODD);
    const { id, context, waits } = await start(3);
    await runChunks(pipeline, context, clock, [id]);
    expect(await pipeline.tallies(id)).toEqual({ 'unknown/no_answer': 2, 'invited/returned': 4 });
    expect(await waits()).toBeUndefined();
  });

  test('counts as not found when the error text says so, whatever the code', async () => {
    answers.set(`${INVITE} 7`, { result: [] });
    answers.set(`${READ} 7`, { error: '100', error_description: 'Group not Found' });
    const { id, context } = await start();
    await runChunks(pipeline, context, clock, [id]);
    expect(await pipeline.tallies(id)).toEqual({
      ...{ 'failed/group_not_found': 2, 'invited/returned': 4 },
    });
  });
});

describe('a group that refuses invitations', () => {
  test('stops waiting when the same turn invites others into it', async () => {
    nextAnswers.set(`${INVITE} 7`, ODD);
    // The first request carries some pairs of both groups, later ones the rest.
    const people = Array.from({ length: 800 }, (_, index) => `${index < 3 ? 6 : 7},${index + 2}\n`);
    const { turn, waits, count } = await start(20, `group_id,user_id\n${people.join('')}`);
    await turn();
    expect(count(INVITE, 7)).toBeGreaterThan(1);
    expect(await waits()).toBeUndefined();
  });

  test('keeps its attempts, however often a user orders “try now” or resume', async () => {
    answers.set(`${INVITE} 7`, ODD);
    const { id, db, context, turn, waits, count, attempts } = await start();
    await turn();
    expect(await waits()).toMatchObject({ pairs: 2, first: [{ id: 7, step: 'invite', tries: 1 }] });
    for (let click = 0; click < 18; click++) {
      const parent = await pipeline.find(id);
      await tryNow(db, context.client.webhook.portal);
      if (click % 2 === 0) await pauseImport(db, parent, 'admin');
      await turn();
      await resumeImport(db, parent, 'admin');
      await turn();
    }
    expect([count(INVITE, 7), await attempts()]).toEqual([1, [1, 1]]);
    expect(await pipeline.tallies(id)).toEqual({ 'pending/': 2, 'invited/returned': 4 });

    const [group] = (await waits())?.first ?? [];
    clock.pass((group?.nextTryAt.getTime() ?? 0) - clock.now());
    answers.clear();
    expect(await turn()).toEqual({ kind: 'settled' });
    expect(await pipeline.tallies(id)).toEqual({ 'invited/returned': 6 });
  });

  test('uses up its attempts over more than 40 minutes', async () => {
    answers.set(`${INVITE} 7`, ODD);
    const { id, context, attempts } = await start();
    const began = clock.now();
    await runChunks(pipeline, context, clock, [id]);
    expect(await pipeline.tallies(id)).toEqual({ 'failed/portal_error': 2, 'invited/returned': 4 });
    expect(await attempts()).toEqual([20, 20]);
    expect(clock.now() - began).toBeGreaterThan(40 * 60_000);
  });
});
