import { expect, test, vi } from 'vitest';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { eventsOf } from '../../support/events.ts';
import { TestServer } from '../../support/server.ts';

const NAMED = 'group_id,user_id\n2,3\n2,anna@example.com\n';

test('an import that is started while its file is read with other options stays', async () => {
  await using server = await TestServer.open({ worker: false });
  const old = await server.uploadAndWait(NAMED);
  await server.setFaults({ kind: 'rate_limit', method: 'user.get' });
  const gone: unknown[] = [];
  const listening = (async () => {
    for await (const { name, data } of eventsOf(await server.request('/api/events'))) {
      if (name === 'gone') gone.push(data);
    }
  })();
  listening.catch(() => {});
  const rereading = server.post(`/api/imports/${old.id}/reread`, { message: 'Hello' });
  const imports = async () =>
    (await server.json<{ items: Import[] }>('/api/imports')).items.filter(
      ({ problem }) => problem === null,
    );
  await vi.waitUntil(async () => (await imports()).some((one) => one.progress?.waitingFor), {
    timeout: 90_000,
  });
  await server.post(`/api/imports/${old.id}/start`);
  await server.setFaults();

  // If the response did not wait for the end, the copy reports why it failed.
  const answer = await rereading;
  if (answer.ok) {
    const { id } = (await answer.json()) as Import;
    const { problem } = await server.until(id, ({ state }) => state === 'cancelled');
    expect(problem).toMatchObject({ code: 'import_moved_on', params: { id: old.id } });
  } else {
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'import_moved_on' }]);
  }
  expect(await imports()).toMatchObject([{ id: old.id, state: 'running', message: null }]);
  expect(gone).toEqual([]);
});

/** Makes the file longer than the part that is read to detect its format. */
const TEAM = 'red'.repeat(50);
/** Reading by address queries the portal; reading by number as UTF-8 fails near the end. */
const TWO_WAYS = Buffer.concat([
  Buffer.from('group_id,number,address,team\n'),
  ...Array.from({ length: 12_000 }, (_, at) =>
    Buffer.from(`2,${at + 3},anna@example.com,${TEAM}\n`),
  ),
  Buffer.from([...Buffer.from('2,3,anna@example.com,'), 0xcf, 0xf0, 0xe8, 10]),
]);
const BY_ADDRESS = { encoding: 'windows-1251', groupColumn: '1', userColumn: '3' };

test.each(['false', 'true'])(
  'an import continues to be read when its file cannot be read with other options, and waits (start: %s)',
  async (start) => {
    await using server = await TestServer.open({ worker: false });
    await server.setFaults({ kind: 'rate_limit' });
    const uploading = server.upload(new Blob([TWO_WAYS]), { ...BY_ADDRESS, start });
    const imports = async () => (await server.json<{ items: Import[] }>('/api/imports')).items;
    await vi.waitUntil(async () => (await imports())[0]?.progress?.waitingFor === 'requests', {
      timeout: 90_000,
    });
    const [old] = await imports();
    const refused = await server.post(`/api/imports/${old?.id}/reread`, {
      ...{ encoding: 'utf-8', userColumn: '2' },
    });
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'text_damaged' }]);
    expect(await (await uploading).json()).toMatchObject({ id: old?.id });
    expect(await imports()).toMatchObject([{ id: old?.id, state: 'reading', problem: null }]);
    await server.setFaults();
    expect(await server.until(old?.id ?? 0, ({ state }) => state !== 'reading')).toMatchObject({
      ...{ state: 'ready', rows: 12_001, startedAt: null },
    });
  },
);

test('an import that was never started can be read with other options, also a cancelled one', async () => {
  await using server = await TestServer.open({ worker: false });
  const old = await server.uploadAndWait('group_id,user_id\n2,3\n');
  await server.post(`/api/imports/${old.id}/cancel`);
  const answer = await server.post(`/api/imports/${old.id}/reread`, { message: 'Hello' });
  expect(await answer.json()).toMatchObject({ state: 'ready', message: 'Hello', pairs: 1 });
});
