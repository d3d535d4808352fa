import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainSeed, relation } from '../../../src/sandbox/state/seed.ts';
import { openPortal } from '../../sandbox/raw-client.ts';
import { openPipeline, type Pipeline } from '../pipeline.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** Person 2 is a member of group 1 already; no person has the id 999. */
const CSV = 'group_id,user_id\n1,2\n1,3\n1,999\n';

test.each([
  ['all', ['sonet_group', 'socialnetwork', 'user'], 'already_member', 'user_not_found'],
  ['no socialnetwork', ['sonet_group', 'user'], 'not_explained', 'user_not_found'],
  ['no user', ['sonet_group', 'socialnetwork'], 'already_member', 'not_explained'],
  [
    'user_basic',
    ['sonet_group', 'socialnetwork', 'user_basic'],
    'already_member',
    'user_not_found',
  ],
  [
    'user_brief',
    ['sonet_group', 'socialnetwork', 'user_brief'],
    'already_member',
    'user_not_found',
  ],
])('explains as much as the webhook’s scopes allow: %s', async (_, scopes, member, absent) => {
  const seed = plainSeed({ users: 10, groups: 1 });
  seed.groups[0]?.relations.set(2, relation('K'));
  const { sandbox } = await openPortal({ seed, scopes });
  const context = pipeline.workFor(sandbox.webhookUrl);
  const id = await pipeline.start(context, CSV);
  expect(await pipeline.turn(context, id)).toEqual({ kind: 'settled' });
  const { db } = pipeline;
  const pairs = db.selectFrom('pairs').where('import_id', '=', id).orderBy('seq');
  const found = await pairs.select(['reason', 'detail']).execute();
  expect(found.map(({ reason }) => reason)).toEqual([member, 'returned', absent]);
  for (const { reason, detail } of found) expect(detail !== null).toBe(reason === 'not_explained');
});
