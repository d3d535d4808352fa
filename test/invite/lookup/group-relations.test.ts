import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SYSTEM_CLOCK } from '../../../src/domain/time/clock.ts';
import { RelationReader } from '../../../src/invite/lookup/group-relations.ts';
import { startOddServer } from '../../portal/faulty-server.ts';
import { openBudget, openClient } from '../../portal/open-client.ts';
import { group, user } from '../../portal/portal-ids.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

test('stops reading the groups of a chunk from a portal that answers nothing', async () => {
  const { origin, received } = await startOddServer((response) => response.destroy());
  const client = openClient(`${origin}/rest/1/secret/`, openBudget(server.redis));
  onTestFinished(() => client.budget.close());
  const reader = new RelationReader(client, SYSTEM_CLOCK);
  const ids = Array.from({ length: 120 }, (_, at) => group(at + 1));
  const people = new Map(ids.map((id) => [id, new Set([user(1)])]));
  const views = await reader.readGroups(people, new AbortController().signal);
  expect([...views.keys()]).toEqual(ids);
  expect(
    new Set([...views.values()].map((view) => view.kind === 'failed' && view.failure.kind)),
  ).toEqual(new Set(['silent']));
  // One request, tried four times at most.
  expect(received.filter(({ url }) => !url.includes('scope')).length).toBeLessThanOrEqual(4);
});
