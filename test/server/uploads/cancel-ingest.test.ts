import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordAudit } from '../../../src/ledger/imports/audit.ts';
import { createImport, findImport } from '../../../src/ledger/imports/import-store.ts';
import { acquireIngestLease } from '../../../src/ledger/imports/ingest-lease.ts';
import type { AuditTrail } from '../../../src/server/schemas/audit-schema.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
});
afterAll(() => server[Symbol.asyncDispose]());

const NAMED = 'group_id,user_id\n2,3\n2,anna@example.com\n';

/** @returns an import of the same file that no process is reading yet */
async function unreadLike(id: number): Promise<number> {
  const { db } = server.app;
  const other = await findImport(db, id);
  if (other === undefined) throw new Error('no import');
  const unread = await createImport(db, other);
  await recordAudit(db, { importId: unread, actor: 'admin', action: 'upload' });
  return unread;
}

async function trail(id: number): Promise<string[]> {
  const { items } = await server.json<AuditTrail>(`/api/imports/${id}/audit`);
  return items.map(({ actor, action }) => `${actor} ${action}`);
}

const cancel = (id: number) => server.json<Import>(`/api/imports/${id}/cancel`, { method: 'POST' });

test('cancelling an import while its file is read is recorded in the audit trail, and no pair of it stays', async () => {
  const id = await unreadLike((await server.uploadAndWait(NAMED)).id);
  await server.setFaults({ kind: 'rate_limit' });
  await server.restart();
  await server.until(id, ({ progress }) => progress?.waitingFor === 'requests');
  expect(await cancel(id)).toMatchObject({ state: 'cancelled', pairs: 0, problem: null });
  expect(await trail(id)).toEqual(['admin upload', 'admin cancel']);
  await server.setFaults();
});

test('an import that another process reads, or that a dead one has left, can be cancelled', async () => {
  const { id: like } = await server.uploadAndWait('group_id,user_id\n2,3\n');
  for (const isAlive of [true, false]) {
    const id = await unreadLike(like);
    if (isAlive) await acquireIngestLease(server.app.db, id);
    expect(await cancel(id)).toMatchObject({ state: 'cancelled' });
    expect(await trail(id)).toEqual(['admin upload', 'admin cancel']);
  }
});

test('an import can be cancelled while its upload still waits for the first rows', async () => {
  await server.setFaults({ kind: 'rate_limit' });
  const uploading = server.upload('group_id,user_id\n2,berta@example.com\n', {}, { name: 'b.csv' });
  let found: Import | undefined;
  await expect
    .poll(async () => {
      const { items } = await server.json<{ items: Import[] }>('/api/imports');
      found = items.find(({ fileName }) => fileName === 'b.csv');
      return found?.state;
    })
    .toBe('reading');
  const id = found?.id ?? 0;
  expect(await cancel(id)).toMatchObject({ state: 'cancelled', pairs: 0, problem: null });
  const answer = await uploading;
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ id, state: 'cancelled' });
  expect(await trail(id)).toEqual(['admin upload', 'admin cancel']);
  await server.setFaults();
});

test('a cancellation that a dead process left incomplete is completed at the next start', async () => {
  const id = await unreadLike((await server.uploadAndWait('group_id,user_id\n2,3\n')).id);
  await recordAudit(server.app.db, { importId: id, actor: 'admin', action: 'cancel' });
  await server.restart();
  await server.until(id, ({ state }) => state === 'cancelled');
  expect(await trail(id)).toEqual(['admin upload', 'admin cancel']);
});
