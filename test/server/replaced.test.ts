import { expect, test, vi } from 'vitest';
import type { Import } from '../../src/server/schemas/import.ts';
import { eventsOf } from '../support/events.ts';
import { TestServer } from '../support/server.ts';

const NAMED = 'group_id,user_id\n2,3\n2,anna@example.com\n';

test('an import that somebody starts while its file is read in another way stays', async () => {
  await using server = await TestServer.open({ worker: false });
  const old = await server.take(NAMED);
  await server.setFaults({ kind: 'rate_limit', method: 'user.get' });
  const gone: unknown[] = [];
  const listening = (async () => {
    for await (const { name, data } of eventsOf(await server.ask('/api/events'))) {
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

  // Where the answer had not waited any longer, the copy says why it came to nothing.
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
