import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkImport } from '../../../src/check/check-import.ts';
import { putOnHold, releaseHold } from '../../../src/ledger/delivery/holds.ts';
import { defaultSeed } from '../../../src/sandbox/state/seed.ts';
import type { GroupPage } from '../../../src/server/schemas/group-schema.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import type {
  PairPage,
  PairRecord,
  People,
  PersonPage,
} from '../../../src/server/schemas/pair-schema.ts';
import { eventsOf } from '../../support/events.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

let server: TestServer;
let done: Import;
let half: Import;

const CSV = `${crowd([2, 4, 33, 999], range(3, 40))}2,3\n4,9001\n,5\n2,nobody@example.com\n`;

beforeAll(async () => {
  server = await TestServer.open();
  const { id } = await server.add(CSV);
  await checkImport(server.app, id);
  await server.post(`/api/imports/${id}/start`);
  done = await server.until(id, ({ state }) => state === 'finished');
  half = await server.add('group_id,user_id\n2,3\n2,300\n7,3\n7,NOBODY@example.com\n');
});
afterAll(() => server[Symbol.asyncDispose]());

/** @returns all pages of a search */
async function all(query: string, limit: number, id = done.id): Promise<PairRecord[]> {
  const found: PairRecord[] = [];
  let cursor = '';
  for (;;) {
    const page = await server.json<PairPage>(
      `/api/imports/${id}/pairs?limit=${limit}&${query}${cursor}`,
    );
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    if (page.next === null) return found;
    expect(page.items).toHaveLength(limit);
    cursor = `&cursor=${page.next}`;
  }
}

/** @returns the rows of the results CSV, as an independent reference */
async function results(query = ''): Promise<Record<string, string>[]> {
  const answer = await server.request(`/api/imports/${done.id}/results.csv${query}`);
  return parse(await answer.text(), { bom: true, columns: true });
}

const keyOf = ({ line, group, user, outcome, reason }: PairRecord) =>
  [line, group, user, outcome, reason ?? ''].join();

const keysOfRows = (rows: Record<string, string>[]) =>
  rows.map((row) => [row.line, row.group_id, row.user_id, row.outcome, row.reason].join()).sort();

type Row = Record<string, string>;

describe('a search of the pairs', () => {
  // The filters themselves: test/ledger/results/search-records.test.ts.
  test.each<[query: string, isWanted: (row: Row) => boolean]>([
    ['', () => true],
    ['outcome=failed&reason=not_allowed', ({ reason }) => reason === 'not_allowed'],
    ['user_id=3&group_id=2', (r) => r.user_id === '3' && r.group_id === '2'],
  ])('for %j finds the same as the results, page by page', async (query, isWanted) => {
    const wanted = keysOfRows((await results()).filter(isWanted));
    expect((await all(query, 20)).map(keyOf).sort()).toEqual(wanted);
  });

  test('by text and page has a total, and the results file has the same records', async () => {
    const path = `/api/imports/${done.id}/pairs?q=Marketing&outcome=invited&limit=5&sort=-line`;
    const first = await server.json<PairPage>(path);
    const last = await server.json<PairPage>(`${path}&page=${Math.ceil((first.total ?? 0) / 5)}`);
    expect(first.items).toHaveLength(5);
    expect(first.items.map(({ groupName }) => groupName)).toEqual(Array(5).fill('Marketing'));
    expect(first.items[0]?.line).toBeGreaterThan(last.items[0]?.line ?? 0);
    const rows = await results('?q=marketing&outcome=invited');
    expect(rows).toHaveLength(first.total ?? 0);
    const places = first.items.map(({ place }) => place);
    const chosen = await results(`?place=${places.join(',')}`);
    expect(chosen.map(({ line }) => Number(line))).toEqual(
      first.items.map(({ line }) => line).toSorted((a, b) => a - b),
    );
  });

  test('explains an outcome and what to do', async () => {
    const [failed] = await all('reason=not_allowed', 1);
    expect(failed).toMatchObject({
      ...{ group: '33', groupName: 'Юридический отдел', outcome: 'failed', attempts: 1 },
      meaning: 'The webhook’s user may not invite into this group.',
    });
    expect(failed?.remedy).toMatch(/then retry/);
    expect(Date.parse(failed?.settledAt ?? '')).toBeGreaterThan(0);
  });

  test.each([
    ['outcome=nonsense', 'outcome: must be one of “invited”, ', 'not_among'],
    ['group_id=0', 'group_id: must be 1 or more', 'number_small'],
    ['group_id=x', 'group_id: must be a number in plain digits, like 15', 'no_digits'],
    ['user_id=99999999999', 'user_id: must be 2147483647 or less', 'number_large'],
    ['limit=0', 'limit: must be 1 or more', 'number_small'],
    ['limit=1000', 'limit: must be 500 or less', 'number_large'],
    ['reason=', 'reason: must not be empty', 'empty'],
  ])('refuses %s with a reason', async (query, detail, code) => {
    const answer = await server.request(`/api/imports/${done.id}/pairs?${query}`);
    const [field = ''] = query.split('=');
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      {
        ...{ detail: expect.stringContaining(detail), code: 'fields_wrong' },
        ...{ params: { fields: field }, errors: [{ pointer: `/${field}`, code }] },
      },
    ]);
  });

  test.each(['pairs', 'groups', 'audit', 'rate', 'review', 'results.csv', 'events'])(
    'of an unknown import is 404: %s',
    async (what) => {
      const answer = await server.request(`/api/imports/424242/${what}`);
      expect([answer.status, await answer.json()]).toMatchObject([
        404,
        { type: '/problems/not_found', detail: 'There is no import 424242.' },
      ]);
    },
  );
});

test.each([
  '/api/imports?',
  '/api/pairs?user_id=3&',
  '/api/pairs?email=nobody@example.com&',
  '/api/imports/1/groups?',
  '/api/imports/1/pairs?',
  '/api/imports/1/pairs?group_id=2&',
  '/api/imports/1/pairs?outcome=pending&',
])('a foreign cursor is refused: %scursor=…', async (path) => {
  for (const cursor of ['0.2147483648', '2147483648', '0.9999999999999999', '1e3', '-1', '%00']) {
    const answer = await server.request(`${path}cursor=${cursor}`);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { detail: 'The cursor is not valid.', code: 'cursor_unknown' },
    ]);
  }
  expect((await server.request(`${path}cursor=0.2147483647`)).status).toBe(200);
});

describe('the groups', () => {
  test('come page by page, and add up', async () => {
    const groups: GroupPage['items'] = [];
    let cursor = '';
    do {
      const page = await server.json<GroupPage>(`/api/imports/${done.id}/groups?limit=3${cursor}`);
      groups.push(...page.items);
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(groups.map(({ id }) => id)).toEqual([2, 4, 33, 999]);
    const sums = { invited: 0, skipped: 0, failed: 0 };
    for (const { pairs, outcomes } of groups) {
      expect(outcomes.invited + outcomes.skipped + outcomes.failed).toBe(pairs);
      for (const name of ['invited', 'skipped', 'failed'] as const) sums[name] += outcomes[name];
    }
    const { invited, skipped, failed } = done.outcomes;
    expect(sums).toEqual({ invited, skipped, failed });
  });
});

describe('a person', () => {
  const person = (query: string) => server.json<PersonPage>(`/api/pairs?${query}`);

  test('is found over all imports, the newest first', async () => {
    const { items } = await person('user_id=3');
    expect(items.map(({ importId, line, group }) => [importId, line, group])).toEqual([
      ...[
        [half.id, 2, '2'],
        [half.id, 4, '7'],
      ],
      ...[
        [done.id, 2, '2'],
        [done.id, 40, '4'],
        [done.id, 78, '33'],
        [done.id, 116, '999'],
      ],
      [done.id, 154, '2'],
    ]);
    expect(items[0]).toMatchObject({ fileName: 'people.csv', outcome: 'pending' });
  });

  test('is found by the e-mail address in a rejected row', async () => {
    const { items } = await person('email=Nobody@Example.com');
    expect(items.map(({ importId, user }) => [importId, user])).toEqual([
      [half.id, 'NOBODY@example.com'],
      [done.id, 'nobody@example.com'],
    ]);
    const first = await person('email=nobody@example.com&limit=1');
    const second = await person(`email=nobody@example.com&limit=1&cursor=${first.next}`);
    expect([first.items[0]?.importId, second.items[0]?.importId]).toEqual([half.id, done.id]);
    expect(second.next).toBeNull();
  });

  test('is found by the e-mail address on the portal, in any file', async () => {
    const { email = '' } = defaultSeed().users.find(({ id }) => id === 30) ?? {};
    const { id } = await server.add(`group_id,user_id\n2,${email.toUpperCase()}\n2,31\n`);
    await checkImport(server.app, id);
    const { items } = await person(`email=${email}`);
    expect(items.map(({ importId, user, email: shown }) => [importId, user, shown])).toEqual([
      [id, '30', email],
      ...Array(4).fill([done.id, '30', null]),
    ]);
    expect(items[0]).toMatchObject({ group: '2', groupName: 'Marketing' });
    const first = await person(`email=${email}&limit=3`);
    const rest = await person(`email=${email}&cursor=${first.next}`);
    expect([...first.items, ...rest.items]).toEqual(items);
    await server.post(`/api/imports/${id}/cancel`);
  });

  test('is found by a part of the name', async () => {
    const { name = '' } = defaultSeed().users.find(({ id }) => id === 30) ?? {};
    const { items } = await server.json<People>(`/api/people?q=${encodeURIComponent(name)}`);
    expect(items).toContainEqual({ id: 30, name });
  });

  test('must be given', async () => {
    expect((await server.request('/api/pairs')).status).toBe(400);
    expect((await person('user_id=123456')).items).toEqual([]);
    expect((await person('email=x@y.zz')).items).toEqual([]);
  });
});

describe('the names of groups of an import that was started at once', () => {
  const groups = async (id: number) =>
    (await server.json<GroupPage>(`/api/imports/${id}/groups`)).items.map(({ name }) => name);
  const requests = async () =>
    /requests_total\{method="sonet_group.get",result="answered"\} (\d+)/.exec(
      await server.app.metrics.registry.metrics(),
    )?.[1];

  test('are read once when they are requested, as soon as the portal is not held', async () => {
    const { db, client } = server.app;
    const { id } = await server.add(crowd([2, 4, 999], [50, 51]));
    await server.post(`/api/imports/${id}/start`);
    await server.until(id, ({ state }) => state === 'finished');
    const hold = { code: 'OVERLOAD_LIMIT', description: '', remedy: '' };
    await putOnHold(db, client.webhook.portal, { ...hold, notifyInMs: 60_000 }, () => 60_000);
    expect(await groups(id)).toEqual([null, null, null]);
    expect((await all('', 9, id)).map(({ groupName }) => groupName)).toEqual(Array(6).fill(null));
    expect(await requests()).toBeUndefined();
    const reported = eventsOf(await server.request('/api/events'));
    await releaseHold(db, client.webhook.portal);
    for await (const { name, data } of reported) {
      if (name === 'import' && data.id === id && (await groups(id))[0] !== null) break;
    }
    expect(await groups(id)).toEqual(['Marketing', 'Отдел продаж', null]);
    expect((await all('group_id=2', 9, id))[0]?.groupName).toBe('Marketing');
    expect(await groups(id)).toContain('Отдел продаж');
    expect(await requests()).toBe('1');
  });
});

describe('the results', () => {
  test('are a file with its own name', async () => {
    const answer = await server.request(`/api/imports/${done.id}/results.csv?outcome=failed`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="people-${done.id}-failed.csv"; filename*=UTF-8''people-${done.id}-failed.csv`,
    );
    await answer.arrayBuffer();
  });

  test('have a name in any alphabet', async () => {
    const { id } = await server.add('group_id,user_id\n2,3\n', { fileName: 'Новые (люди)".csv' });
    const answer = await server.request(`/api/imports/${id}/results.csv`);
    const name = answer.headers.get('content-disposition') ?? '';
    expect(decodeURIComponent(/\*=UTF-8''(.*)$/.exec(name)?.[1] ?? '')).toMatch(
      /^Новые \(люди\).*-\d+\.csv$/,
    );
    expect(name).toMatch(/^attachment; filename="[\w.-]+"/);
    await answer.arrayBuffer();
  });

  test('have no control characters in their name', async () => {
    const path = `/api/imports/${done.id}/results.csv?reason=${encodeURIComponent('a\0b\r\nc\u009b')}`;
    const name = (await server.request(path)).headers.get('content-disposition') ?? '';
    expect(name).toContain(`filename*=UTF-8''people-${done.id}-abc.csv`);
  });

  test.each([
    ['?outcome=failed', ({ outcome }: Row) => outcome === 'failed'],
    ['?outcome=rejected', ({ outcome }: Row) => outcome === 'rejected'],
    ['?reason=group_not_found', ({ reason }: Row) => reason === 'group_not_found'],
    ['?outcome=unknown', () => false],
  ])('of a part contain only that part: %s', async (query, isWanted) => {
    expect(keysOfRows(await results(query))).toEqual(
      keysOfRows((await results()).filter(isWanted)),
    );
  });
});
