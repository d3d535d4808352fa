import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../../../src/domain/errors/problem.ts';
import { IngestWorkers } from '../../../src/ingest/worker/ingest-workers.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { CheckQueue } from '../../../src/server/uploads/check-queue.ts';
import { IngestQueue } from '../../../src/server/uploads/ingest-queue.ts';
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

/** Threads that do what they are told, and of which nobody hears that they have. */
class EndingThreads extends IngestWorkers {
  override async run(...order: Parameters<IngestWorkers['run']>): Promise<never> {
    await super.run(...order);
    throw new Error('The thread ended without a result.');
  }
}

/** @returns an intake of its own on the server's ledger, and what it says when an import is ready */
function openUploadService({ db = server.app.db, Threads = IngestWorkers } = {}) {
  const app = { ...server.app, db };
  const threads = new Threads(READER_THREAD ?? fileURLToPath(SOURCE_THREAD));
  const read: unknown[] = [];
  const onRead = (...what: unknown[]) => read.push(what);
  const ingests = new IngestQueue(app, threads, server.config, onRead, () => {});
  const uploads = new UploadService(
    app,
    server.config,
    ingests,
    new CheckQueue(app, () => {}),
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
  'an import that was read stays, though its reading thread says it was not (start: %s)',
  async (start, state) => {
    await using opened = openUploadService({ Threads: EndingThreads });
    const { uploads, read } = opened;
    const csv = crowd([2], range(3, 5));
    const options = async () => ({ ...OPTIONS, start });
    const { importId } = await uploads.take(bytesOf(csv), 'people.csv', options);
    expect(await findImport(server.app.db, importId)).toMatchObject({ state, pairs: 3 });
    expect(read).toEqual([[importId, undefined, start]]);
  },
);

test('an upload that is refused leaves the file of one that came while that was decided', async () => {
  const held = holdableReads(server.app.db);
  await using opened = openUploadService({ db: held.db });
  const { uploads } = opened;
  const take = (options: () => Promise<AcceptOptions>) =>
    uploads.take(bytesOf('group_id,user_id\n2,77\n'), 'people.csv', options);
  const asked = held.hold('imports');
  const refused = take(() => Promise.reject(new Problem('No.', 'Say it otherwise.')));
  await asked;
  const taken = await take(async () => {
    held.release();
    await expect(refused).rejects.toThrow('No.');
    return OPTIONS;
  });
  expect(await findImport(server.app.db, taken.importId)).toMatchObject({
    state: 'ready',
    pairs: 1,
  });
});
