import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { recordAudit } from '../../../src/ledger/imports/audit.ts';
import { createImport, findImport } from '../../../src/ledger/imports/import-store.ts';
import { hasRemovals } from '../../../src/ledger/imports/purge-imports.ts';
import { hideImport } from '../../../src/ledger/imports/remove-import.ts';
import { recordReread } from '../../../src/ledger/imports/unfinished-uploads.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { insertPairs, newPairs } from '../../ledger/sample-pairs.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

/** What a killed server has left; one start handles all of it. */
const left = { ours: 0, theirs: 0, toStart: 0, lost: 0, replaced: 0, replacing: 0, kept: 0 };

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
  const { db } = server.app;
  const { id } = await server.add(crowd([2, 4], range(3, 12)));
  const other = await findImport(db, id);
  if (other === undefined) throw new Error('no import');
  /** An import as left by a server that was killed while it read the file of `other`. */
  const interrupted = async (actor: string, action: string, given = {}): Promise<number> => {
    const importId = await createImport(db, { ...other, ...given });
    await recordAudit(db, { importId, actor, action });
    await insertPairs(db, importId, newPairs([[2, 3]]));
    return importId;
  };
  left.ours = await interrupted('admin', 'upload');
  left.theirs = await interrupted('cli', 'run');
  left.toStart = await interrupted('admin', 'upload and start');
  const gone = { fileName: 'lost.csv', fileDigest: 'gone' };
  left.lost = await interrupted('admin', 'upload', gone);
  /** A replacement as left by a server that was killed while it read the file with other options. */
  const rereading = async (replaces: number, other = {}): Promise<number> => {
    const importId = await interrupted('admin', 'upload', other);
    await recordReread(db, importId, { replaces, actor: 'admin' });
    return importId;
  };
  left.replaced = (await server.add(crowd([2], [3]))).id;
  left.replacing = await rereading(left.replaced);
  left.kept = await interrupted('admin', 'upload and start');
  await rereading(left.kept, gone);
  const removed = await server.add(crowd([2], [3, 4]));
  await hideImport(db, removed.id);
  await server.restart();
});
afterAll(() => server[Symbol.asyncDispose]());

test('a file that a killed server was reading is read again, a file that another program reads is not', async () => {
  const found = await server.until(left.ours, ({ state }) => state === 'ready');
  expect(found).toMatchObject({ rows: 20, pairs: 20, who: 'admin' });
  expect(found.outcomes.pending).toBe(20);
  const pairs = await server.json<{ items: unknown[] }>(`/api/imports/${left.ours}/pairs`);
  expect(pairs.items).toHaveLength(20);
  expect(await server.json<Import>(`/api/imports/${left.theirs}`)).toMatchObject({
    state: 'reading',
  });
});

test('a removal that a killed server left is completed', async () => {
  await vi.waitUntil(async () => !(await hasRemovals(server.app.db)), { timeout: 90_000 });
});

test('an import that was to start after reading is started', async () => {
  const found = await server.until(left.toStart, ({ state }) => state === 'running');
  expect(found).toMatchObject({ rows: 20, who: 'admin' });
});

test('an import that cannot be read again reports the reason', async () => {
  const found = await server.until(left.lost, ({ state }) => state === 'cancelled');
  expect(found.problem).toEqual({
    title: 'lost.csv is no longer stored.',
    remedy: 'Upload the file again.',
    code: 'file_gone',
    params: { file: 'lost.csv' },
  });
});

test('a replacement is completed, or the import is read and waits', async () => {
  await server.until(left.replacing, ({ state }) => state === 'ready');
  const gone = await server.request(`/api/imports/${left.replaced}`);
  const params = { id: left.replaced, by: left.replacing };
  expect(await gone.json()).toMatchObject({ code: 'import_replaced', params });
  const kept = await server.until(left.kept, ({ state }) => state !== 'reading');
  expect(kept).toMatchObject({ state: 'ready', rows: 20, startedAt: null });
});
