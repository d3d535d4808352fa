import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditTrail } from '../../../src/server/schemas/audit-schema.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import type { PairPage } from '../../../src/server/schemas/pair-schema.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

let server: TestServer;
let idle: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
  idle = await TestServer.open({ worker: false });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await idle[Symbol.asyncDispose]();
});

const PAIRS = crowd([2, 4, 7], range(3, 32));

/** Runs actions one after the other. @returns status and state after the last */
async function act(on: TestServer, id: number, ...names: string[]) {
  let last: [number, string] = [0, ''];
  for (const name of names) {
    const answer = await on.post(`/api/imports/${id}/${name}`);
    const said = (await answer.json()) as Import & { type?: string };
    last = [answer.status, answer.ok ? said.state : (said.type ?? '')];
  }
  return last;
}

const REFUSED = '/problems/wrong_state';

describe('an action', () => {
  test.each<[actions: string[], status: number, state: string]>([
    [['start'], 200, 'running'],
    [['start', 'start'], 200, 'running'],
    [['start', 'pause'], 200, 'paused'],
    [['start', 'pause', 'pause'], 200, 'paused'],
    [['start', 'pause', 'resume'], 200, 'running'],
    [['start', 'resume'], 200, 'running'],
    [['start', 'pause', 'start'], 409, REFUSED],
    [['cancel'], 200, 'cancelled'],
    [['start', 'cancel', 'cancel'], 200, 'cancelled'],
    [['start', 'pause', 'cancel'], 200, 'cancelled'],
    [['cancel', 'start'], 409, REFUSED],
    [['cancel', 'pause'], 409, REFUSED],
    [['cancel', 'resume'], 409, REFUSED],
    [['start', 'retry'], 200, 'running'],
    [['cancel', 'retry'], 200, 'cancelled'],
  ])('%j answers %i %s', async (actions, status, state) => {
    const { id } = await idle.add(PAIRS);
    expect(await act(idle, id, ...actions)).toEqual([status, state]);
  });

  test('on an unknown import is 404', async () => {
    for (const name of ['start', 'pause', 'resume', 'cancel', 'retry']) {
      expect(await act(idle, 999_999, name)).toEqual([404, '/problems/not_found']);
    }
  });

  test.each(['0', '-1', 'abc', '1.5', '9'.repeat(20)])(
    'with the invalid id %s is refused',
    async (id) => {
      const answer = await idle.post(`/api/imports/${id}/start`);
      expect([400, 404]).toContain(answer.status);
    },
  );

  test('that would send an import of another portal is refused with a remedy', async () => {
    const { id } = await idle.add(PAIRS);
    const { db } = idle.app;
    await db.updateTable('imports').set({ portal: 'b.example' }).where('id', '=', id).execute();
    for (const name of ['start', 'resume', 'retry']) {
      const answer = await idle.post(`/api/imports/${id}/${name}`);
      const { remedy, code } = (await answer.json()) as { remedy: string; code: string };
      expect([answer.status, code]).toEqual([409, 'other_portal']);
      expect(remedy).toContain('BITRIX24_WEBHOOK_URL');
    }
    expect(await act(idle, id, 'cancel')).toEqual([200, 'cancelled']);
  });

  test('is recorded in the audit trail with its actor', async () => {
    const { id } = await idle.add(PAIRS);
    await act(idle, id, 'start', 'pause', 'cancel');
    const { items } = await idle.json<{ items: { actor: string; action: string }[] }>(
      `/api/imports/${id}/audit`,
    );
    expect(items.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      ...['cli import', 'admin start', 'admin pause', 'admin cancel'],
    ]);
  });

  test('that cancels takes effect at once, and the pairs follow', async () => {
    const { id } = await idle.add(PAIRS);
    await act(idle, id, 'start', 'cancel');
    const { outcomes } = await idle.until(id, (found) => found.outcomes.pending === 0);
    expect(outcomes).toMatchObject({ cancelled: 90, pending: 0 });
    const { points } = await idle.json<{ points: unknown[] }>(`/api/imports/${id}/rate`);
    expect(points).toEqual([]);
  });
});

describe('an import', () => {
  test('is processed to its end after the start', async () => {
    const { id } = await server.add(PAIRS);
    await act(server, id, 'start');
    const ended = await server.until(id, ({ state }) => state === 'finished');
    expect(ended.outcomes.pending).toBe(0);
    expect(ended.outcomes.invited).toBeGreaterThan(60);
    expect(ended).toMatchObject({ perMinute: 0, etaSeconds: null, waitingUntil: null });
    expect(Date.parse(ended.finishedAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(ended.startedAt ?? ''),
    );
    expect(ended.workedSeconds).toBeGreaterThan(0);
    expect(await act(server, id, 'start')).toEqual([200, 'finished']);
    expect(await act(server, id, 'pause')).toEqual([409, REFUSED]);
    expect(await act(server, id, 'cancel')).toEqual([409, REFUSED]);

    const { points } = await server.json<{ points: { invited: number; settled: number }[] }>(
      `/api/imports/${id}/rate`,
    );
    const sum = (of: 'invited' | 'settled') => points.reduce((all, point) => all + point[of], 0);
    expect([sum('invited'), sum('settled')]).toEqual([ended.outcomes.invited, 90]);
  });

  test('retries the pairs that failed for one reason', async () => {
    const { id } = await server.add(crowd([2, 33, 999], [3, 10, 13]));
    await act(server, id, 'start');
    const ended = await server.until(id, ({ state }) => state === 'finished');
    const count = (found: Import, reason: string) =>
      found.tallies.find((tally) => tally.reason === reason)?.count ?? 0;
    expect([count(ended, 'not_allowed'), count(ended, 'group_not_found')]).toEqual([3, 3]);
    const answer = await server.post(`/api/imports/${id}/retry`, { reason: 'not_allowed' });
    expect(await answer.json()).toMatchObject({ state: 'running', outcomes: { pending: 3 } });
    const again = await server.until(id, ({ state }) => state === 'finished');
    expect(count(again, 'not_allowed')).toBe(3);
    const { items } = await server.json<AuditTrail>(`/api/imports/${id}/audit`);
    const meaning = ended.tallies.find(({ reason }) => reason === 'not_allowed')?.meaning;
    expect(items.filter(({ retried }) => retried !== null)).toMatchObject([
      { action: 'retry not_allowed', retried: { reason: 'not_allowed', meaning } },
    ]);
    expect(again.lastRetry).toMatchObject({ reason: 'not_allowed', pairs: 3, invited: 0 });

    const chosen = await server.post(`/api/imports/${id}/retry`, { q: '13', outcome: 'failed' });
    expect(await chosen.json()).toMatchObject({ outcomes: { pending: 2 } });
    expect(await server.until(id, ({ state }) => state === 'finished')).toMatchObject({
      lastRetry: { pairs: 2, invited: 0 },
    });
  });

  test('leaves out exactly the chosen pairs, and sends them on request', async () => {
    const { id } = await idle.add(PAIRS);
    const answer = await idle.post(`/api/imports/${id}/leave-out`, { places: [1, 5] });
    expect(await answer.json()).toMatchObject({
      ...{ state: 'ready', outcomes: { cancelled: 2, pending: 88 } },
    });
    const { items } = await idle.json<PairPage>(`/api/imports/${id}/pairs?outcome=cancelled`);
    expect(items.map(({ place }) => place).toSorted()).toEqual([1, 5]);
    await act(idle, id, 'start');
    await idle.post(`/api/imports/${id}/retry`, { places: [5] });
    const now = await idle.until(id, ({ outcomes }) => outcomes.pending === 89);
    expect(now.outcomes.cancelled).toBe(1);
  });
});

test('tries an import with its first pairs, pauses, and sends the others on resume', async () => {
  const { id } = await server.add(crowd([2, 4, 7], range(100, 120)));
  const started = await server.post(`/api/imports/${id}/start`, { first: 2 });
  expect(await started.json()).toMatchObject({ trial: { pairs: 2 } });
  const paused = await server.until(id, ({ state }) => state === 'paused');
  expect(paused).toMatchObject({
    ...{ trial: { pairs: 2, pending: 0 }, outcomes: { pending: paused.pairs - 2 } },
  });
  const { items } = await server.json<AuditTrail>(`/api/imports/${id}/audit`);
  expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['try', 'tried']));
  expect((await server.post(`/api/imports/${id}/start`, { first: 2 })).status).toBe(200);
  expect((await server.post(`/api/imports/${id}/start`, { first: 0 })).status).toBe(400);
  await server.post(`/api/imports/${id}/resume`);
  const ended = await server.until(id, ({ state }) => state === 'finished');
  expect(ended).toMatchObject({ trial: null, outcomes: { pending: 0 } });
});

describe('an import that is over', () => {
  const list = async (query: string) =>
    (await idle.json<{ items: Import[] }>(`/api/imports?${query}`)).items.map(({ id }) => id);

  test('can be archived, found there, and comes back', async () => {
    const { id } = await idle.add(PAIRS, { fileName: 'Новые коллеги.csv' });
    await act(idle, id, 'start');
    expect(await act(idle, id, 'archive')).toEqual([409, REFUSED]);
    expect(await list('active=true')).toContain(id);
    expect(await list('active=false')).not.toContain(id);
    await act(idle, id, 'cancel');
    expect(await act(idle, id, 'archive')).toEqual([200, 'cancelled']);
    expect(await list('q=коллеги')).toEqual([]);
    expect(await list('q=КОЛЛЕГИ%20новые&archived=true')).toEqual([id]);
    expect(await list(`q=${id}&archived=true`)).toEqual([id]);
    expect(await act(idle, id, 'unarchive')).toEqual([200, 'cancelled']);
    expect(await list('q=коллеги')).toEqual([id]);
    expect(await idle.json<Import>(`/api/imports/${id}`)).toMatchObject({
      ...{ who: 'cli', startedBy: 'admin', archivedAt: null },
    });
  });

  test('can be deleted with everything, a running one cannot', async () => {
    const { id } = await idle.add(PAIRS);
    const remove = async () =>
      (await idle.request(`/api/imports/${id}`, { method: 'DELETE' })).status;
    await act(idle, id, 'start');
    expect(await remove()).toBe(409);
    await act(idle, id, 'cancel');
    await idle.until(id, ({ outcomes }) => outcomes.pending === 0);
    expect(await remove()).toBe(204);
    expect(await remove()).toBe(404);
    const rows = () =>
      idle.app.db.selectFrom('pairs').select('seq').where('import_id', '=', id).execute();
    await expect.poll(rows).toEqual([]);
  });
});

describe('the list', () => {
  test('has the newest first, page by page', async () => {
    const ids: number[] = [];
    let cursor = '';
    do {
      const page = await idle.json<{ items: Import[]; next: string | null }>(
        `/api/imports?limit=4${cursor}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(4);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(ids.length).toBeGreaterThan(10);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(['limit=0', 'limit=501', 'limit=x', 'cursor=x', 'cursor=1;2'])(
    'refuses %s',
    async (query) => {
      const answer = await idle.request(`/api/imports?${query}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ type: '/problems/invalid_request' });
    },
  );
});
