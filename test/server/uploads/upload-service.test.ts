import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IngestWorkers } from '../../../src/ingest/worker/ingest-workers.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { problem } from '../../../src/messages/problems.ts';
import { CheckQueue } from '../../../src/server/jobs/check-queue.ts';
import { IngestQueue } from '../../../src/server/jobs/ingest-queue.ts';
import { type AcceptOptions, UploadService } from '../../../src/server/uploads/upload-service.ts';
import { READER_THREAD } from '../../support/entry-points.ts';
import { holdableReads } from '../../support/ledger/held-reads.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

const SOURCE_THREAD = new URL('../../../src/ingest/worker/ingest-worker.ts', import.meta.url);
const OPTIONS: AcceptOptions = {
  ...{ message: null, format: {}, start: false, again: true, actor: 'admin' },
};

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
});
afterAll(() => server[Symbol.asyncDispose]());

/** Threads that do their work and then do not report it. */
class EndingThreads extends IngestWorkers {
  override async run(...order: Parameters<IngestWorkers['run']>): Promise<never> {
    await super.run(...order);
    throw new Error('The thread ended without a result.');
  }
}

/** @returns a separate upload service on the server's ledger, and its calls of `onRead` */
function openUploadService({ db = server.app.db, Threads = IngestWorkers } = {}) {
  const app = { ...server.app, db };
  const threads = new Threads(READER_THREAD ?? fileURLToPath(SOURCE_THREAD), { authorities: [] });
  const read: unknown[] = [];
  const onRead = (...what: unknown[]) => read.push(what);
  const ingests = new IngestQueue(app, threads, server.config, onRead, () => {});
  const uploads = new UploadService(
    app,
    server.config,
    ingests,
    new CheckQueue(
      app,
      () => {},
      () => {},
    ),
    90_000,
  );
  return { uploads, read, [Symbol.asyncDispose]: () => threads.close() };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

test.each([
  [true, 'running'],
  [false, 'ready'],
])(
  'an import that was read stays, although its thread reports a failure (start: %s)',
  async (start, state) => {
    await using opened = openUploadService({ Threads: EndingThreads });
    const { uploads, read } = opened;
    const csv = crowd([2], range(3, 5));
    const options = async () => ({ ...OPTIONS, start });
    const { importId } = await uploads.accept(bytesOf(csv), 'people.csv', options);
    expect(await findImport(server.app.db, importId)).toMatchObject({ state, pairs: 3 });
    expect(read).toEqual([[importId, undefined, start]]);
  },
);

test('a refused upload keeps the file of an equal upload that arrived meanwhile', async () => {
  const held = holdableReads(server.app.db);
  await using opened = openUploadService({ db: held.db });
  const { uploads } = opened;
  const accept = (options: () => Promise<AcceptOptions>) =>
    uploads.accept(bytesOf('group_id,user_id\n2,77\n'), 'people.csv', options);
  const asked = held.hold('imports');
  const refused = accept(() => Promise.reject(problem('files_many', {})));
  await asked;
  const taken = await accept(async () => {
    held.release();
    await expect(refused).rejects.toThrow('One file');
    return OPTIONS;
  });
  expect(await findImport(server.app.db, taken.importId)).toMatchObject({
    state: 'ready',
    pairs: 1,
  });
});
