import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHold } from '../../src/ledger/delivery/holds.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { user } from '../portal/portal-ids.ts';
import { openPortal } from '../sandbox/raw-client.ts';
import { startFaultyPortal } from '../support/invite/faulty-portal.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** In group 1 the portal declines user 999, who does not exist: its next error has the code of that. */
const GROUPS = 12;
const CSV = Array.from({ length: GROUPS }, (_, at) => `${at + 1},${at === 0 ? 999 : 2}`);
const FILE = ['group_id,user_id', ...CSV].join('\n');

test('a missing group is found behind the code of an earlier decline', async () => {
  const portal = await openPortal({ seed: plainSeed({ users: 5, groups: 1 }) });
  const context = pipeline.workFor(portal.sandbox.webhookUrl);
  const id = await pipeline.start(context, FILE);
  expect(await pipeline.turn(context, id)).toEqual({ kind: 'settled' });
  expect(await pipeline.tallies(id)).toEqual({
    'failed/user_not_found': 1,
    'failed/group_not_found': GROUPS - 1,
  });
  // One of them was sent again.
  expect((await portal.truth()).calls[INVITE]).toBe(GROUPS + 1);
});

/** A portal that hides an error behind the code of a decline while it is in a batch with one. */
const hiding = (error: string) => {
  const tried = new Set<number>();
  return startFaultyPortal(({ method, groupId }) => {
    if (method !== INVITE || groupId === 1) return { result: [] };
    if (tried.has(groupId)) return { error, error_description: '' };
    tried.add(groupId);
    return { error: 'ERROR_CREATE_USER2GROUP', error_description: 'The user is not found.' };
  });
};

/** @returns the most attempts of the pairs in all groups but the first */
async function mostAttempts(id: number): Promise<number> {
  const { db } = pipeline;
  const pairs = db.selectFrom('pairs').where('import_id', '=', id).where('user_id', '=', user(2));
  const found = await pairs.select(({ fn }) => fn.max('attempts').as('most')).executeTakeFirst();
  return Number(found?.most);
}

test('a used-up limit behind the code of a decline closes the method and fails no pair', async () => {
  const { webhookUrl, calls } = await hiding('OPERATION_TIME_LIMIT');
  const context = pipeline.workFor(webhookUrl);
  const id = await pipeline.start(context, FILE);
  expect(await pipeline.turn(context, id)).toMatchObject({ kind: 'later', why: 'operating' });
  expect(await pipeline.tallies(id)).toEqual({ 'pending/': GROUPS });
  expect(await mostAttempts(id)).toBe(0);
  const again = calls.filter(
    ({ method, groupId }, at) =>
      method === INVITE && calls.findIndex((call) => call.groupId === groupId) < at,
  );
  expect(again.length).toBe(1);
});

test('a lost scope behind the code of a decline holds the portal and fails no pair', async () => {
  const { webhookUrl } = await hiding('insufficient_scope');
  const context = pipeline.workFor(webhookUrl);
  const id = await pipeline.start(context, FILE);
  expect(await pipeline.turn(context, id)).toMatchObject({ kind: 'held' });
  const hold = await readHold(pipeline.db, context.client.webhook.portal);
  expect(hold).toMatchObject({ code: 'insufficient_scope' });
  expect(await pipeline.tallies(id)).toEqual({ 'pending/': GROUPS });
  expect(await mostAttempts(id)).toBe(0);
});
