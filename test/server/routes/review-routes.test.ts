import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GroupPage } from '../../../src/server/schemas/group-schema.ts';
import type { PairPage } from '../../../src/server/schemas/pair-schema.ts';
import type { Review } from '../../../src/server/schemas/review-schema.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
});
afterAll(() => server[Symbol.asyncDispose]());

const review = (id: number) => server.json<Review>(`/api/imports/${id}/review`);

test('a review shows rows, counts that add up, rejects and the check of the portal', async () => {
  const csv = `${crowd([2, 33, 999], range(3, 12))}2,3\n,5\nx,6\n2,41\n2,9001\n`;
  const { id } = await server.uploadAndWait(csv, { message: 'Hello 👋' });
  const {
    counts,
    rejects,
    portal,
    message,
    firstRows,
    firstPairs,
    import: found,
  } = await review(id);
  expect(found).toMatchObject({ id, state: 'ready', progress: null, problem: null });
  expect(counts).toEqual({
    ...{ rows: 35, rejectedRows: 2, emptyTexts: 0, total: 35 },
    ...{ pairs: 32, duplicates: 1, rejects: 2 },
  });
  expect(rejects.first).toMatchObject([
    { line: 33, group: '', user: '5', reason: 'missing_group' },
    { line: 34, group: 'x', user: '6', reason: 'unknown_group' },
  ]);
  const file = await (await server.request(rejects.csv)).text();
  expect(file.split('\r\n').filter((line) => line.includes('rejected'))).toHaveLength(2);
  expect(message).toEqual({ text: 'Hello 👋', length: 8 });
  expect(firstRows[0]).toEqual({ line: 2, cells: ['2', '3'] });
  expect(firstRows).toHaveLength(10);
  expect(firstPairs[0]).toMatchObject({ line: 2, group: '2', groupName: 'Marketing' });

  expect(portal?.groups).toMatchObject({ count: 3, invisible: 1, notAllowed: 1, pairs: 32 });
  const { pairs, members, pending, toInvite, failing, unseen } = portal?.groups ?? {};
  expect((members ?? 0) + (pending ?? 0) + (toInvite ?? 0) + (failing ?? 0) + (unseen ?? 0)).toBe(
    pairs,
  );
  expect(unseen).toBe(1);
  expect(portal?.invitations.pairs).toBe(toInvite);
  expect(portal?.missing).toEqual({ count: 1, first: [{ id: 9001, name: null }] });
  expect(portal?.dismissed).toMatchObject({ count: 1, first: [{ id: 41 }] });
  expect(portal?.forecast.seconds).toBeGreaterThan(0);

  const groups = await server.json<{ items: { id: number; check: unknown }[] }>(
    `/api/imports/${id}/groups`,
  );
  expect(groups.items).toMatchObject([
    { id: 2, name: 'Marketing', pairs: 12, check: { visible: true, mayInvite: true } },
    { id: 33, pairs: 10, outcomes: { pending: 10 }, check: { mayInvite: false } },
    { id: 999, name: null, check: { visible: false } },
  ]);
});

test('people and groups can be left out before the start, and the check follows', async () => {
  const csv = `${crowd([2, 999], range(3, 6))}2,41\n2,9001\n`;
  const { id } = await server.uploadAndWait(csv);
  const before = await review(id);
  const leaveOut = async (what: object, pending: number) => {
    expect((await server.post(`/api/imports/${id}/leave-out`, what)).status).toBe(200);
    const now = await server.until(id, ({ progress }) => progress === null);
    expect(now.outcomes).toMatchObject({ pending, cancelled: 10 - pending });
  };
  const found = async (what: string) =>
    (await server.json<PairPage>(`/api/imports/${id}/pairs?found=${what}`)).items.map(
      ({ group, user }) => `${group}/${user}`,
    );
  expect(await found('dismissed')).toEqual(['2/41']);
  expect(await found('missing')).toEqual(['2/9001']);
  expect(await found('closed')).toEqual(['999/3', '999/4', '999/5', '999/6']);
  await leaveOut({ found: 'dismissed' }, 9);
  expect(await review(id)).toMatchObject({
    portal: {
      dismissed: { count: 0 },
      invitations: { pairs: (before.portal?.invitations.pairs ?? 0) - 1 },
    },
  });
  await leaveOut({ group_id: 999 }, 5);
  expect(await review(id)).toMatchObject({
    portal: { groups: { count: 1, invisible: 0, failing: 0, pairs: 5 }, missing: { count: 1 } },
  });
  const { checkedAt } = (await review(id)).portal ?? {};
  expect((await server.post(`/api/imports/${id}/check`)).status).toBe(200);
  await server.until(id, ({ progress }) => progress === null);
  expect((await review(id)).portal?.checkedAt).not.toBe(checkedAt);
});

test('the groups into which nobody can be invited come first', async () => {
  const { id } = await server.uploadAndWait(crowd([2, 4, 999], range(3, 5)));
  const page = (query: string) =>
    server.json<GroupPage>(`/api/imports/${id}/groups?sort=problems&limit=2${query}`);
  const first = await page('');
  const rest = await page(`&cursor=${first.next}`);
  expect([...first.items, ...rest.items].map((group) => group.id)).toEqual([999, 2, 4]);
  expect(rest.next).toBeNull();
});

test('a review shows what was chosen for the header before, until that is forgotten', async () => {
  const csv = (user: number) => `place,colleague,project\n2,${user},3\n`;
  await server.uploadAndWait(csv(3), { groupColumn: 'place', userColumn: '2', start: 'true' });
  const { id } = await server.uploadAndWait(csv(4));
  expect(await review(id)).toMatchObject({
    remembered: ['group', 'user'],
    import: { format: { columns: { group: { name: 'place' } } } },
  });
  const without = await server.uploadAndWait(csv(5), { remembered: 'false', userColumn: '2' });
  expect(await review(without.id)).toMatchObject({
    remembered: null,
    import: { format: { columns: { group: { name: 'project' } } } },
  });

  const path = `/api/imports/${id}/remembered`;
  expect((await server.request(path, { method: 'DELETE' })).status).toBe(204);
  expect((await review(id)).remembered).toBeNull();
  const detected = await server.uploadAndWait(csv(6));
  expect(detected.format?.columns.group.name).toBe('project');
});

test('a portal that refuses the check is reported, and the review works without it', async () => {
  await server.setFaults({ kind: 'auth' });
  const { id } = await server.uploadAndWait(crowd([2], [3, 5]));
  const { import: found, portal, counts } = await review(id);
  expect(portal).toBeNull();
  expect(found.problem?.title).toContain('NO_AUTH_FOUND');
  expect(found.problem?.remedy).toContain('webhook');
  expect(found.problem).toMatchObject({
    code: 'portal_unusable',
    params: { does: 'refuses', remedy: 'renew_webhook' },
  });
  expect(counts.pairs).toBe(2);
  await server.setFaults();
  const other = await server.uploadAndWait(crowd([4], [3]));
  expect(other.problem).toBeNull();

  // An unchecked import is checked at the next start.
  await server.restart();
  const checked = await server.until(id, ({ progress, problem }) => !progress && !problem);
  expect(checked.problem).toBeNull();
  expect((await review(id)).portal).not.toBeNull();
});

test('a file with names is refused when the portal cannot be queried', async () => {
  await server.setFaults({ kind: 'auth' });
  const answer = await server.upload('group_id,user_id\n2,somebody@example.com\n');
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('NO_AUTH_FOUND') });
  await server.setFaults();
});

test('starting an import clears its problem', async () => {
  await server.setFaults({ kind: 'auth' });
  const { id, problem } = await server.uploadAndWait(crowd([2], [3, 5]));
  expect(problem).not.toBeNull();
  await server.setFaults();
  await server.post(`/api/imports/${id}/start`);
  expect(await server.json(`/api/imports/${id}`)).toMatchObject({
    state: 'running',
    problem: null,
  });
});

test('the invitation text changes without reading the file again, until the import has started', async () => {
  const { id } = await server.uploadAndWait(crowd([2], range(3, 4)), { message: 'Hello' });
  const path = `/api/imports/${id}/message`;
  const change = (message: string | null) => server.post(path, { message });
  expect(await (await change('Welcome')).json()).toMatchObject({ id, message: 'Welcome' });
  expect((await review(id)).message.text).toBe('Welcome');
  expect((await change(null)).status).toBe(200);
  const { items } = await server.json<{ items: { action: string }[] }>(`/api/imports/${id}/audit`);
  expect(items.map(({ action }) => action)).toEqual(['upload', 'import', 'message', 'message']);
  await server.post(`/api/imports/${id}/start`);
  expect((await change('Too late')).status).toBe(409);
  expect((await review(id)).message.text).toBeNull();
});

test('a list holds exactly who is present, and what will fail', async () => {
  const { id } = await server.uploadAndWait(crowd([2, 999], range(3, 12)));
  const { portal } = await review(id);
  const found = async (what: string) =>
    server.json<PairPage>(`/api/imports/${id}/pairs?found=${what}&limit=50`);
  const { members, pending, failing } = portal?.groups ?? {};
  expect(members).toBeGreaterThan(0);
  expect((await found('present')).total).toBe((members ?? 0) + (pending ?? 0));
  const { items, total } = await found('failing');
  expect(total).toBe(failing);
  expect(items.filter(({ group }) => group === '999').length).toBe(10);
});

test('the same file again names the import that was started with it', async () => {
  const csv = crowd([4], range(20, 23));
  const first = await server.uploadAndWait(csv);
  expect((await review(first.id)).earlier).toBeNull();
  expect((await server.post(`/api/imports/${first.id}/start`)).status).toBe(200);
  const second = await server.uploadAndWait(csv, { again: 'true' });
  expect((await review(second.id)).earlier).toMatchObject({ id: first.id, invited: 0 });
});
