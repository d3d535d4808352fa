import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasRemovals } from '../../../src/ledger/imports/purge-imports.ts';
import type { AuditTrail } from '../../../src/server/schemas/audit-schema.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import type { ProblemDetails } from '../../../src/server/schemas/problem-schema.ts';
import type { Review } from '../../../src/server/schemas/review-schema.ts';
import { crowd, range, TestServer, VIEWER } from '../../support/server.ts';
import { xlsx } from '../../support/workbooks/write-xlsx.ts';

const MAX_BYTES = 200_000;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({
    worker: false,
    settings: { MAX_UPLOAD_BYTES: `${MAX_BYTES}`, MESSAGE: 'Welcome!' },
  });
});
afterAll(() => server[Symbol.asyncDispose]());

const SMALL = crowd([2, 4], [3, 5]);
const BOOK = new Blob([
  Uint8Array.from(
    xlsx([
      {
        name: 'Team',
        rows: SMALL.trim()
          .split('\n')
          .map((line) => line.split(',')),
      },
    ]),
  ),
]);

const JSON_OF_SMALL = JSON.stringify(
  [2, 3].flatMap((group) => [4, 5].map((user) => ({ group_id: group, user_id: user }))),
);

const imports = async () => {
  const { items } = await server.json<{ items: Import[] }>('/api/imports');
  return items.map(({ id }) => id);
};

function keptFiles(): string[] {
  try {
    return readdirSync(join(server.folder, 'data', 'sources'));
  } catch {
    return [];
  }
}

/** @returns the problem of a refused upload, after a check that nothing of it is stored */
async function refusal(send: () => Promise<Response>) {
  const before = [await imports(), keptFiles()];
  const answer = await send();
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect([await imports(), keptFiles()]).toEqual(before);
  const said = (await answer.json()) as ProblemDetails;
  expect(said.status).toBe(answer.status);
  return said;
}

describe('a file', () => {
  test('in a form creates an import', async () => {
    const answer = await server.upload(SMALL, { message: 'Hello' }, { name: 'team.csv' });
    expect(answer.status).toBe(201);
    const made: Import = JSON.parse(await answer.text());
    expect(answer.headers.get('location')).toBe(`/api/imports/${made.id}`);
    expect(made).toMatchObject({
      ...{ fileName: 'team.csv', message: 'Hello', rows: 4, pairs: 4, rejectedRows: 0 },
      ...{ who: 'admin', problem: null, startedAt: null },
      format: { encoding: 'utf-8', delimiter: ',', header: ['group_id', 'user_id'] },
    });
    expect(made.outcomes).toMatchObject({ pending: 4 });
    const isChecked = ({ state, progress }: Import) => state === 'ready' && progress === null;
    expect(await server.until(made.id, isChecked)).toMatchObject({ problem: null });
    const { items } = await server.json<AuditTrail>(`/api/imports/${made.id}/audit`);
    expect(items.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      ...['admin upload', 'admin import'],
    ]);
  });

  test.each([
    ['text/csv', SMALL],
    ['text/csv; charset=utf-8', SMALL],
    ['application/gzip', gzipSync(SMALL)],
    ['text/tab-separated-values', SMALL.replaceAll(',', '\t')],
    ['application/json; charset=utf-8', JSON_OF_SMALL],
    ['application/x-ndjson', JSON_OF_SMALL.slice(1, -1).replaceAll('},', '}\n')],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', BOOK],
  ])('as %s creates an import as well', async (type, body) => {
    const made = await server.json<Import>(
      '/api/imports?filename=a%2Fteam.csv&message=Hi&again=1',
      {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      },
    );
    expect(made).toMatchObject({ fileName: 'team.csv', message: 'Hi', rows: 4 });
  });

  test('gets the default message when it has none', async () => {
    expect(await server.uploadAndWait(SMALL)).toMatchObject({ message: 'Welcome!' });
  });

  test('can come before the other fields of its form', async () => {
    const body = new FormData();
    body.append('file', new Blob(['a|b\n5|2\n']), 'x.csv');
    for (const [key, value] of [
      ['delimiter', '|'],
      ['groupColumn', 'b'],
      ['userColumn', '1'],
      ['message', 'Later'],
    ] as const) {
      body.append(key, value);
    }
    const made = await server.json<Import>('/api/imports', { method: 'POST', body });
    expect(made).toMatchObject({
      message: 'Later',
      format: {
        ...{ delimiter: '|', delimiterBy: 'given' },
        columns: { group: { number: 2, name: 'b' }, user: { number: 1, name: 'a' } },
      },
    });
  });

  test('is started at once on request', async () => {
    const answer = await server.upload(SMALL, { start: 'true' });
    expect(await answer.json()).toMatchObject({ state: 'running' });
  });

  test('can be started before its check is complete', async () => {
    await server.setFaults({ kind: 'gate' });
    const answer = await server.upload(SMALL);
    const { id }: Import = JSON.parse(await answer.text());
    await server.untilTruth(({ atGate }) => atGate > 0);
    expect(await server.json(`/api/imports/${id}`)).toMatchObject({
      state: 'ready',
      progress: { what: 'people' },
      rows: 4,
    });
    const started = await server.post(`/api/imports/${id}/start`);
    expect(await started.json()).toMatchObject({ id, state: 'running' });
    await server.removeGate();
  });

  test.each([
    ['C:\\Users\\me\\team.csv', 'team.csv'],
    ['../../etc/команда.csv', 'команда.csv'],
    [`${'long'.repeat(100)}.csv`, `${'long'.repeat(100)}.csv`.slice(-255)],
    [`${'🎉'.repeat(300)}.csv`, `${'🎉'.repeat(251)}.csv`],
    ['ev\u009b31m\u202eil.csv', 'ev31mil.csv'],
  ])('called %s is stored with its base name', async (name, shown) => {
    const answer = await server.upload(SMALL, {}, { name });
    expect(await answer.json()).toMatchObject({ fileName: shown });
  });

  test.each(['../../outside.csv', '..\\..\\outside.csv'])(
    'called %s is stored under its digest, and nowhere else',
    async (name) => {
      const before = readdirSync(server.folder);
      const path = `/api/imports?again=1&filename=${encodeURIComponent(name)}`;
      const headers = { 'content-type': 'text/csv' };
      const sent = await server.request(path, { method: 'POST', headers, body: SMALL });
      expect(await sent.json()).toMatchObject({ fileName: 'outside.csv' });
      expect((await server.upload(SMALL, {}, { name })).status).toBe(201);
      for (const kept of keptFiles()) expect(kept).toMatch(/^[0-9a-f]{64}$/);
      expect(readdirSync(server.folder)).toEqual(before);
    },
  );

  test('of several at once is read into its own import', async () => {
    const files = range(1, 6).map((user) => crowd([2], range(user + 10, user * 20 + 10)));
    const answers = await Promise.all(files.map((file) => server.upload(file)));
    const made = await Promise.all(answers.map((answer) => answer.json() as Promise<Import>));
    const read = await Promise.all(
      made.map(({ id }) => server.until(id, ({ state }) => state === 'ready')),
    );
    expect(read.map(({ rows }) => rows)).toEqual([20, 39, 58, 77, 96, 115]);
  });
});

describe('refused, with nothing stored, is', () => {
  test('a form without a file', async () => {
    const body = new FormData();
    body.append('message', 'Hello');
    const said = await refusal(() => server.request('/api/imports', { method: 'POST', body }));
    expect(said).toMatchObject({ status: 400, type: '/problems/invalid_request' });
  });

  test('a form with two files', async () => {
    const body = new FormData();
    body.append('file', new Blob([SMALL]), 'a.csv');
    body.append('file', new Blob([`${SMALL}\n`]), 'b.csv');
    const said = await refusal(() => server.request('/api/imports', { method: 'POST', body }));
    expect(said).toMatchObject({ status: 400 });
  });

  test.each([
    ['encoding', 'klingon', 'not_among'],
    ['delimiter', 'x', 'not_among'],
    ['start', 'perhaps', 'not_among'],
    ['message', 'x'.repeat(20_001), 'text_long'],
  ])('an invalid %s', async (name, value, code) => {
    const said = await refusal(() => server.upload(`${SMALL}5,6\n`, { [name]: value }));
    expect(said).toMatchObject({ status: 400, errors: [{ pointer: `/${name}`, code }] });
  });

  test.each([
    ['application/pdf', 415],
    ['text/html', 415],
    ['text/plain', 415],
    ['application/octet-stream', 415],
    ['application/vnd.ms-excel', 415],
  ])('%s', async (type, status) => {
    const said = await refusal(() =>
      server.request('/api/imports', {
        method: 'POST',
        body: '"x"',
        headers: { 'content-type': type },
      }),
    );
    expect(said.status).toBe(status);
    expect(said.remedy).toMatch(/multipart\/form-data .* text\/csv/);
  });

  test.each([
    ['an empty file', '', /is empty/],
    ['a header without rows', 'group_id,user_id\n', /no data rows/],
    ['an HTML page', '<!DOCTYPE html><html></html>', /./],
    ['unknown columns', 'a,b\nx,y\n', /no column/],
  ])('%s', async (_, csv, words) => {
    const said = await refusal(() => server.upload(csv));
    expect(said).toMatchObject({ status: 422, type: '/problems/unreadable_file' });
    expect(said.detail).toMatch(words);
    expect(said.remedy).not.toBe('');
  });

  test.each([
    ['Team;Office;E-mail\n15;Berlin;a@b.c\n', ';', ['Team', 'Office', 'E-mail'], 3],
    ['Report of May\n\nTeam,E-mail\n15,a@b.c\n', ',', ['Team', 'E-mail'], 2],
    ['{"team":"15","mail":"a@b.c"}\n', ',', ['team', 'mail'], 2],
    ['a|b\nx|y\n', '|', ['a', 'b'], null],
  ])('a file whose columns can be chosen: %j', async (csv, delimiter, header, user) => {
    const said = await refusal(() => server.upload(csv));
    expect(said).toMatchObject({
      status: 422,
      table: { delimiter, header, columnCount: header.length, known: { group: null, user } },
    });
    expect(said.table?.firstRows).toHaveLength(1);
  });

  test('a file that no choice of columns makes readable', async () => {
    const said = await refusal(() => server.upload('group_id,user_id\n'));
    expect(said.table).toBeUndefined();
  });

  const large = `group_id,user_id\n${'2,3\n'.repeat(MAX_BYTES / 4)}`;

  test.each<[what: string, send: () => Promise<Response>]>([
    ['a form', () => server.upload(large)],
    ['a form with a known length', () => server.upload('x'.repeat(2_000_000))],
    ['an archive that holds too much', () => server.upload(new Blob([gzipSync(large)]))],
    [
      'a file with a known length',
      () =>
        server.request('/api/imports', {
          ...{ method: 'POST', body: large },
          headers: { 'content-type': 'text/csv' },
        }),
    ],
    [
      'a file without a known length',
      () =>
        server.request('/api/imports', {
          method: 'POST',
          body: new Blob([large]).stream(),
          headers: { 'content-type': 'text/csv' },
          duplex: 'half',
        } as RequestInit),
    ],
  ])('%s beyond the limit', async (_, send) => {
    const said = await refusal(send);
    expect(said).toMatchObject({ status: 413, type: '/problems/too_large' });
    expect(said.remedy).toContain('MAX_UPLOAD_BYTES');
  });

  test('an interrupted upload', async () => {
    const before = [await imports(), keptFiles()];
    const abort = new AbortController();
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('group_id,user_id\n2,3\n'));
        // As soon as a part of it is stored.
        await vi.waitUntil(() => keptFiles().length > (before[1]?.length ?? 0), {
          timeout: 90_000,
        });
        abort.abort();
      },
    });
    const sent = server.request('/api/imports', {
      ...{ method: 'POST', body, signal: abort.signal, duplex: 'half' },
      headers: { 'content-type': 'text/csv' },
    } as RequestInit);
    await expect(sent).rejects.toThrow();
    await expect.poll(() => keptFiles().length).toBe(before[1]?.length);
    expect([await imports(), keptFiles()]).toEqual(before);
  });
});

describe('reading with other options', () => {
  const reread = (id: number, body: object) => server.post(`/api/imports/${id}/reread`, body);

  test('replaces the old import by a new one', async () => {
    const old = await server.uploadAndWait('one;two;group_id;user_id\n1;2;2;3\n', {
      message: 'Hello',
    });
    expect(old.format?.columns).toMatchObject({ group: { number: 3 }, user: { number: 4 } });
    const answer = await reread(old.id, { groupColumn: 'one', userColumn: '2', encoding: null });
    expect(answer.status).toBe(200);
    const made: Import = JSON.parse(await answer.text());
    expect(made).toMatchObject({
      ...{ fileName: old.fileName, message: 'Hello', rows: 1 },
      format: { columns: { group: { name: 'one' }, user: { name: 'two' } } },
    });
    expect(made.id).toBeGreaterThan(old.id);
    const again: Import = JSON.parse(await (await reread(made.id, { message: 'Bye' })).text());
    // The id of the first import leads to the last one as well.
    for (const { id } of [old, made]) {
      const gone = await server.request(`/api/imports/${id}`);
      expect([gone.status, await gone.json()]).toMatchObject([
        404,
        { code: 'import_replaced', params: { id, by: again.id } },
      ]);
    }
    // Their data is removed as well.
    await vi.waitUntil(async () => !(await hasRemovals(server.app.db)), { timeout: 90_000 });
  });

  test('can change the message', async () => {
    const old = await server.uploadAndWait(SMALL);
    const answer = await reread(old.id, { message: 'Changed' });
    expect(await answer.json()).toMatchObject({ message: 'Changed' });
  });

  test('can ignore a column of texts, and detects it again when that is reset', async () => {
    const old = await server.uploadAndWait('group_id,user_id,message\n2,3,remember the milk\n');
    expect(old.format).toMatchObject({ columns: { message: { number: 3 } }, messageOff: false });
    const readAs = async (id: number, messageColumn: null | false): Promise<Import> =>
      JSON.parse(await (await reread(id, { messageColumn })).text());
    const off = await readAs(old.id, false);
    expect(off.format).toMatchObject({ columns: { message: null }, messageOff: true });
    const again = await readAs(off.id, null);
    expect(again.format).toMatchObject({ columns: { message: { number: 3 } }, messageOff: false });
  });

  test('can choose another sheet of a workbook', async () => {
    const rows = [
      ['group', 'user'],
      [2, 3],
    ];
    const book = xlsx(['A', 'B', 'C'].map((name) => ({ name, rows })));
    const old = await server.uploadAndWait(new Blob([Uint8Array.from(book)]), { sheet: 'B' });
    expect(old.format).toMatchObject({ workbook: { sheet: 'B', sheetBy: 'given' } });
    const answer = await reread(old.id, { sheet: 'C' });
    const { format, id } = await server.json<Import>(
      `/api/imports/${JSON.parse(await answer.text()).id}`,
    );
    expect(format).toMatchObject({ workbook: { type: 'xlsx', sheet: 'C', sheets: { length: 3 } } });
    const { firstRows } = await server.json<Review>(`/api/imports/${id}/review`);
    expect(firstRows).toEqual([{ line: 2, cells: ['2', '3'] }]);
    const said = await reread(id, { sheet: 'D' });
    expect([said.status, await said.json()]).toMatchObject([
      422,
      { code: 'sheet_missing', params: { sheets: 'A\nB\nC' }, remedy: /`sheet`/ },
    ]);
  });

  test('that is not possible leaves the old import unchanged', async () => {
    const old = await server.uploadAndWait(SMALL);
    const answer = await reread(old.id, { groupColumn: 'nothing' });
    expect(answer.status).toBe(422);
    expect(await server.json(`/api/imports/${old.id}`)).toEqual(old);
  });

  test('is refused once the import was started', async () => {
    const old = await server.uploadAndWait(SMALL);
    await server.post(`/api/imports/${old.id}/start`);
    expect((await reread(old.id, {})).status).toBe(409);
  });

  test('is refused for an unknown import', async () => {
    expect((await reread(9_999, {})).status).toBe(404);
  });
});

test('a viewer may not upload a file', async () => {
  const answer = await server.upload(SMALL, {}, { token: VIEWER });
  expect(answer.status).toBe(403);
});

test.each(['imports', 'user_blocks'])(
  'a ledger that is full at %s is not reported as a problem of the file',
  async (table) => {
    using ledger = new DatabaseSync(join(server.folder, 'data', 'ledger.db'));
    const full = `begin select raise(abort, 'database or disk is full'); end`;
    ledger.exec(`create trigger full before insert on ${table} ${full}`);
    const said = await refusal(() => server.upload(SMALL)).finally(() =>
      ledger.exec('drop trigger full'),
    );
    expect(said).toMatchObject({ status: 503, code: 'ledger_full' });
  },
);

test('files that wait for the lookup of names do not block other files', async () => {
  await server.setFaults({ kind: 'rate_limit' });
  const named = Promise.all(
    ['anna', 'boris', 'clara'].map((name) =>
      server.upload(`group_id,user_id\n2,${name}@example.com\n`, {}, { name: `${name}.named` }),
    ),
  );
  const unread = async () => {
    const { items } = await server.json<{ items: Import[] }>('/api/imports');
    return items.filter(
      ({ fileName, state }) => fileName.endsWith('.named') && state === 'reading',
    );
  };
  const allWait = async () =>
    (await unread()).filter(({ progress }) => progress?.waitingFor === 'requests').length === 3;
  await vi.waitUntil(allWait, { timeout: 90_000 });
  const answer = await server.upload(crowd([2], [3]));
  expect(await answer.json()).toMatchObject({ rows: 1, pairs: 1 });
  const left = await unread();
  expect(left).toHaveLength(3);

  for (const { id } of left) await server.post(`/api/imports/${id}/cancel`);
  // The upload returns the cancelled import.
  for (const { status } of await named) expect(status).toBe(201);
  await vi.waitUntil(async () => (await unread()).length === 0, { timeout: 90_000 });
  await server.setFaults();
});
