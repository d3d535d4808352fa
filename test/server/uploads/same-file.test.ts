import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { purgeImport } from '../../../src/ledger/imports/purge-imports.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
});
afterAll(() => server[Symbol.asyncDispose]());

let files = 0;
/** @returns a file that no other test uses */
const anyFile = () => crowd([2], range(3, 5 + ++files));

/** @returns the status, and the import's id or the problem's code */
async function send(
  csv: string,
  fields: Record<string, string> = {},
  { key, name = 'people.csv' }: { key?: string; name?: string } = {},
): Promise<[status: number, what: number | string]> {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  body.append('file', new Blob([csv]), name);
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const answer = await server.request('/api/imports', { method: 'POST', body, headers });
  const { id, code } = (await answer.json()) as Import & { code?: string };
  return [answer.status, code ?? id];
}

/** Runs an action on an import. @returns the status, and the import's id or the problem's code */
async function act(
  id: unknown,
  name: string,
  key: string,
  body?: object,
): Promise<[status: number, what: number | string]> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { 'idempotency-key': key, ...type };
  const init = { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) };
  const answer = await server.request(`/api/imports/${id}/${name}`, init);
  const { id: found, code } = (await answer.json()) as Import & { code?: string };
  return [answer.status, code ?? found];
}

const stateOf = async (id: unknown) => (await server.json<Import>(`/api/imports/${id}`)).state;

describe('the same file again', () => {
  test('leads to its unfinished import, unless something differs', async () => {
    const csv = anyFile();
    const [status, id] = await send(csv);
    expect(status).toBe(201);
    expect(await send(csv)).toEqual([200, id]);
    expect(await send(csv, {}, { name: 'other.csv' })).toEqual([200, id]);
    expect(await send(csv, { again: 'false' })).toEqual([200, id]);
    for (const fields of [
      { message: 'Hi' },
      { groupColumn: '2', userColumn: '1' },
      { again: 'true' },
    ]) {
      const [made, other] = await send(csv, fields);
      expect([fields, made, other === id]).toEqual([fields, 201, false]);
    }
  });

  test('starts it on request, and does not resume a paused one', async () => {
    const csv = anyFile();
    const [, id] = await send(csv);
    expect(await send(csv, { start: 'true' })).toEqual([200, id]);
    expect(await stateOf(id)).toBe('running');
    await server.post(`/api/imports/${id}/pause`);
    expect(await send(csv, { start: 'true' })).toEqual([200, id]);
    expect(await stateOf(id)).toBe('paused');
  });

  test('creates a new import when the first has ended', async () => {
    const csv = anyFile();
    const [, id] = await send(csv);
    await server.post(`/api/imports/${id}/cancel`);
    const [status, other] = await send(csv);
    expect([status, other === id]).toEqual([201, false]);
  });

  test('sent six times at once creates one import', async () => {
    const csv = anyFile();
    const sent = await Promise.all(range(1, 6).map(() => send(csv, { start: 'true' })));
    expect(new Set(sent.map(([, id]) => id)).size).toBe(1);
    expect(sent.map(([status]) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 201]);
  });

  test('that cannot be read is refused each time', async () => {
    const sent = await Promise.all(range(1, 3).map(() => send('group_id,user_id\n')));
    expect(sent).toEqual(Array(3).fill([422, 'file_without_rows']));
  });
});

describe('a request with a key', () => {
  test('creates one import, however often it is sent', async () => {
    const csv = anyFile();
    const [, id] = await send(csv, { again: 'true' }, { key: '"order-1"' });
    // Also when the import has ended, and with or without quotes.
    await server.post(`/api/imports/${id}/cancel`);
    for (const key of ['"order-1"', 'order-1']) {
      expect(await send(csv, { again: 'true' }, { key })).toEqual([201, id]);
    }
    expect((await send(csv, { again: 'true' }, { key: 'order-2' }))[1]).not.toBe(id);
  });

  test('that found an import finds it again', async () => {
    const csv = anyFile();
    const [, id] = await send(csv);
    for (const _ of range(1, 2)) expect(await send(csv, {}, { key: 'finder' })).toEqual([200, id]);
  });

  test.each<[what: string, csv: (csv: string) => string, fields: Record<string, string>]>([
    ['another file', anyFile, {}],
    ['another message', (csv) => csv, { message: 'Hi' }],
    ['another way to read it', (csv) => csv, { delimiter: ',' }],
    ['a start', (csv) => csv, { start: 'true' }],
  ])('that is sent with %s is refused', async (what, other, fields) => {
    const csv = anyFile();
    const key = what.replaceAll(' ', '-');
    expect((await send(csv, {}, { key }))[0]).toBe(201);
    expect(await send(other(csv), fields, { key })).toEqual([422, 'key_reused']);
  });

  test('is refused while the first is in progress, for uploads and actions', async () => {
    const key = 'slow';
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const writer = body.writable.getWriter();
    const init = {
      ...{ method: 'POST', duplex: 'half', body: body.readable },
      headers: { 'content-type': 'text/csv', 'idempotency-key': key },
    };
    const first = server.request('/api/imports', init as RequestInit);
    await writer.write(Buffer.from('group_id,user_id\n2,3\n'));
    await expect.poll(() => send(anyFile(), {}, { key })).toEqual([409, 'key_in_flight']);
    expect(await act(1, 'pause', key)).toEqual([409, 'key_in_flight']);
    await writer.write(Buffer.from('2,4\n'));
    await writer.close();
    expect((await first).status).toBe(201);
  });

  test.each(['', '""', 'a b', 'é', 'x'.repeat(256), '"a', 'a"b'])(
    'with the malformed key %j is refused',
    async (key) => {
      expect(await send(anyFile(), {}, { key })).toEqual([400, 'key_malformed']);
    },
  );

  test('leads to the import that has replaced its own', async () => {
    const csv = anyFile();
    const [, id] = await send(csv, {}, { key: 'moved' });
    const answer = await server.post(`/api/imports/${id}/reread`, { message: 'Changed' });
    const { id: replacement } = (await answer.json()) as Import;
    expect(replacement).not.toBe(id);
    expect(await send(csv, {}, { key: 'moved' })).toEqual([201, replacement]);
  });

  test('is dropped after a day, and with its import', async () => {
    const csv = anyFile();
    const { db } = server.app;
    const keyOf = () =>
      db.selectFrom('idempotency_keys').select('key').where('key', 'in', ['old', 'gone']).execute();
    const [, id] = await send(csv, { again: 'true' }, { key: 'old' });
    await sql`update idempotency_keys set created_at = created_at - 86400001 where key = 'old'`.execute(
      db,
    );
    const [status, other] = await send(csv, { again: 'true' }, { key: 'gone' });
    expect([status, other === id]).toEqual([201, false]);
    expect(await keyOf()).toEqual([{ key: 'gone' }]);
    await server.post(`/api/imports/${other}/cancel`);
    await expect
      .poll(() => purgeImport(db, Number(other), new Date(Date.now() + 60_000)))
      .toBe(true);
    expect(await keyOf()).toEqual([]);
  });
});

describe('an action with a key', () => {
  test('is done once, however often it is sent', async () => {
    const [, id] = await send(anyFile(), { start: 'true' });
    await server.post(`/api/imports/${id}/pause`);
    expect(await act(id, 'resume', 'resume-1')).toEqual([200, id]);
    expect(await stateOf(id)).toBe('running');
    await server.post(`/api/imports/${id}/pause`);
    expect(await act(id, 'resume', '"resume-1"')).toEqual([200, id]);
    expect(await stateOf(id)).toBe('paused');
    expect(await act(id, 'retry', 'retry-1', { reason: 'portal_error' })).toEqual([200, id]);
    expect(await act(id, 'retry', 'retry-1', {})).toEqual([422, 'key_reused']);
    expect(await act(id, 'resume', 'retry-1')).toEqual([422, 'key_reused']);
    expect(await send(anyFile(), {}, { key: 'retry-1' })).toEqual([422, 'key_reused']);
    const [, other] = await send(anyFile());
    expect(await act(other, 'resume', 'resume-1')).toEqual([422, 'key_reused']);
  });

  test.each(['start', 'pause', 'resume', 'cancel', 'retry', 'reread'])(
    '%s is refused with a malformed key, and with the key of another request',
    async (name) => {
      const key = `upload-${name}`;
      const [, id] = await send(anyFile(), {}, { key });
      const body = name === 'reread' ? {} : undefined;
      expect(await act(id, name, 'a b', body)).toEqual([400, 'key_malformed']);
      expect(await act(id, name, key, body)).toEqual([422, 'key_reused']);
      expect(await stateOf(id)).toBe('ready');
    },
  );

  test('that was refused can be repeated later', async () => {
    const [, id] = await send(anyFile());
    const next = Number(id) + 1;
    expect(await act(next, 'start', 'early')).toEqual([404, 'import_unknown']);
    expect(await send(anyFile())).toEqual([201, next]);
    expect(await act(next, 'start', 'early')).toEqual([200, next]);
    expect(await stateOf(next)).toBe('running');
  });

  test('that rereads a file leads to the same import again', async () => {
    const [, id] = await send(anyFile());
    const [status, replacement] = await act(id, 'reread', 'again', { message: 'Hello' });
    expect([status, replacement === id]).toEqual([200, false]);
    expect(await act(id, 'reread', 'again', { message: 'Hello' })).toEqual([200, replacement]);
  });
});
