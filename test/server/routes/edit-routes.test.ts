import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Truth } from '../../../src/sandbox/truth.ts';
import type { CorrectionResult, PairPage } from '../../../src/server/schemas/pair-schema.ts';
import { TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());

const pairs = async (id: number, query: string) =>
  (await server.json<PairPage>(`/api/imports/${id}/pairs?${query}`)).items;

async function correct(id: number, correction: object): Promise<CorrectionResult> {
  const answer = await server.post(`/api/imports/${id}/corrections`, correction);
  expect(answer.status).toBe(200);
  return answer.json() as Promise<CorrectionResult>;
}

test('a rejected row is corrected before the start and after the end, with its own text', async () => {
  const csv = 'group,user,message\n2,101,\nMarketng,102,Hello\n2,,Hi\nMarketng,103,\n2,x,\n';
  const { id } = await server.uploadAndWait(csv);
  const [unknown, missing, other, wrong] = await pairs(id, 'outcome=rejected');
  const place = unknown?.place;

  const still = await correct(id, { place, group: 'Marketg' });
  expect(still).toMatchObject({
    corrected: 0,
    record: { outcome: 'rejected', reason: 'unknown_group', group: 'Marketg' },
  });
  expect(await pairs(id, 'outcome=rejected')).toHaveLength(4);

  const both = await correct(id, { place, group: 'Marketing', everywhere: true });
  expect(both).toMatchObject({
    corrected: 2,
    record: {
      ...{ line: 3, group: '2', user: '102', outcome: 'pending' },
      corrected: { group: 'Marketng', user: '102' },
    },
  });
  expect(await correct(id, { place: missing?.place, user: '101' })).toMatchObject({
    record: { outcome: 'duplicate', reason: 'of_line_2' },
  });
  // Somebody has corrected it already.
  const second = { place: other?.place, group: '2' };
  expect((await server.post(`/api/imports/${id}/corrections`, second)).status).toBe(409);

  await server.until(id, ({ progress }) => progress === null);
  expect((await server.post(`/api/imports/${id}/start`)).status).toBe(200);
  const ended = await server.until(id, ({ state }) => state === 'finished');
  expect(ended.outcomes).toMatchObject({ rejected: 1, duplicate: 1, pending: 0 });
  expect(ended).toMatchObject({ rows: 5, rejectedRows: 1 });

  expect(await correct(id, { place: wrong?.place, user: '104' })).toMatchObject({ corrected: 1 });
  const again = await server.until(
    id,
    ({ state, outcomes }) => state === 'finished' && outcomes.rejected === 0,
  );
  expect(again.outcomes).toMatchObject({ rejected: 0, duplicate: 1, pending: 0 });
  const answer = await fetch(`${server.sandboxOrigin}/sandbox/truth`);
  const { notifications }: Truth = JSON.parse(await answer.text());
  expect(notifications.map(({ userId, message }) => [userId, message])).toContainEqual([
    102,
    expect.stringContaining('Hello'),
  ]);
  const csvOut = await (await server.request(`/api/imports/${id}/results.csv`)).text();
  expect(csvOut).toMatch(/^3,2,102,invited,returned,.*Marketng.*,Marketng,102,Hello\r$/m);
});

test('only rows that another cell can correct, of an import in the right state', async () => {
  const { id } = await server.uploadAndWait('group,user\n2,101,surplus\nx,101\n');
  const [surplus, name] = await pairs(id, 'outcome=rejected');
  const helpless = { place: surplus?.place, group: '2' };
  expect((await server.post(`/api/imports/${id}/corrections`, helpless)).status).toBe(409);
  expect(await correct(id, { place: name?.place, group: '2; 3' })).toMatchObject({
    corrected: 0,
    record: { reason: 'bad_row' },
  });
  await server.post(`/api/imports/${id}/cancel`);
  const late = await server.post(`/api/imports/${id}/corrections`, {
    place: name?.place,
    group: '2',
  });
  expect(late.status).toBe(409);
});
