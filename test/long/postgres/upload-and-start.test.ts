import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { createDatabase } from '../../support/postgres/on-postgres.ts';
import { crowd, openHarness } from '../../support/program-harness.ts';
import { freePort } from '../../support/services/free-port.ts';

const TOKEN = 'the-token-of-an-admin';
const headers = { authorization: `Bearer ${TOKEN}` };
const timeout = 90_000;

/** An insert of a start into the audit trail waits for this lock. */
const GATE = `
  create function gate() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(42); return new; end $$;
  create trigger gate before insert on audit
    for each row when (new.action = 'start') execute function gate()`;

test('an upload with start=true is started even if the server is killed before the start', async () => {
  await using database = await createDatabase();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  await using harness = await openHarness(
    { seed: plainSeed({ users: 10, groups: 2 }) },
    { LEDGER_URL: database.url, ADMIN_TOKEN: TOKEN, PORT: String(port) },
  );
  const listens = /: http:\/\/127\.0\.0\.1:\d+\n/;
  const server = harness.program.start('serve');
  await server.prints(listens);
  await database.query(GATE);
  const gate = new Client({ connectionString: database.url });
  await gate.connect();
  await gate.query('select pg_advisory_lock(42)');

  const body = new FormData();
  body.append('start', 'true');
  body.append('file', new Blob([crowd(2, 3)]), 'crowd.csv');
  const uploading = fetch(`${origin}/api/imports`, { method: 'POST', headers, body });
  uploading.catch(() => {});
  const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted`;
  await vi.waitUntil(async () => (await database.query(waiting)).length > 0, { timeout });
  server.child.kill('SIGKILL');
  await server.ended;
  await gate.end();
  await database.query('drop trigger gate on audit');

  await harness.program.start('serve').prints(listens);
  const imports = async (): Promise<{ items: Import[] }> =>
    (await fetch(`${origin}/api/imports`, { headers })).json() as Promise<{ items: Import[] }>;
  await vi.waitUntil(async () => (await imports()).items[0]?.state === 'finished', { timeout });
  expect((await imports()).items).toMatchObject([{ outcomes: { invited: 6 } }]);
});
