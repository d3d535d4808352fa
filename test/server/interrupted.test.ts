import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { recordAudit } from '../../src/ledger/audit.ts';
import { createImport, findImport } from '../../src/ledger/imports.ts';
import { hasRemovals } from '../../src/ledger/purge.ts';
import { hideImport } from '../../src/ledger/remove-import.ts';
import type { Import } from '../../src/server/schemas/import.ts';
import { insertPairs, newPairs } from '../ledger/sample.ts';
import { crowd, range, TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
});
afterAll(() => server[Symbol.asyncDispose]());

/** An import as a server leaves it that is killed while it reads the file of another one. */
async function interruptedLike(id: number, actor: string, action: string): Promise<number> {
  const { db } = server.app;
  const other = await findImport(db, id);
  if (other === undefined) throw new Error('no import');
  const left = await createImport(db, other);
  await recordAudit(db, { importId: left, actor, action });
  await insertPairs(db, left, newPairs([[2, 3]]));
  return left;
}

test('what a killed server was reading is read again, what another program reads is not', async () => {
  const { id } = await server.take(crowd([2, 4], range(3, 12)));
  const ours = await interruptedLike(id, 'admin', 'upload');
  const theirs = await interruptedLike(id, 'cli', 'run');
  await server.restart();
  const found = await server.until(ours, ({ state }) => state === 'ready');
  expect(found).toMatchObject({ rows: 20, pairs: 20, who: 'admin' });
  expect(found.outcomes.pending).toBe(20);
  const pairs = await server.json<{ items: unknown[] }>(`/api/imports/${ours}/pairs`);
  expect(pairs.items).toHaveLength(20);
  expect(await server.json<Import>(`/api/imports/${theirs}`)).toMatchObject({ state: 'checking' });
});

test('what a killed server was removing is removed', async () => {
  const { id } = await server.take(crowd([2], [3, 4]));
  await hideImport(server.app.db, id);
  await server.restart();
  await vi.waitUntil(async () => !(await hasRemovals(server.app.db)), { timeout: 90_000 });
});

test('what was to be started when it is read is started', async () => {
  const { id } = await server.take(crowd([2], range(3, 12)));
  const left = await interruptedLike(id, 'admin', 'upload and start');
  await server.restart();
  const found = await server.until(left, ({ state }) => state === 'running');
  expect(found).toMatchObject({ rows: 10, who: 'admin' });
});

test('what cannot be read again says why', async () => {
  const { db } = server.app;
  const lost = await createImport(db, {
    ...{ fileName: 'lost.csv', fileDigest: 'gone', message: null },
    portal: server.app.client.webhook.portal,
    format: (await findImport(db, 1))?.format ?? '',
  });
  await recordAudit(db, { importId: lost, actor: 'admin', action: 'upload' });
  await server.restart();
  const found = await server.until(lost, ({ state }) => state === 'cancelled');
  expect(found.problem).toEqual({
    title: 'lost.csv is not kept any more.',
    remedy: 'Hand the file in again.',
    code: 'file_gone',
    params: { file: 'lost.csv' },
  });
});
