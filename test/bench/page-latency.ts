/**
 * Measures how long the page waits for an import of a million pairs: while it is read, and afterwards.
 *
 *   node test/bench/page-latency.ts [rows] [people]
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from '../../src/domain/pairs/outcome.ts';
import { recordUserNames } from '../../src/ledger/checks/user-name-store.ts';
import { claimChunk } from '../../src/ledger/delivery/chunks.ts';
import { recordOutcomes } from '../../src/ledger/delivery/record-outcomes.ts';
import { readUsers } from '../../src/ledger/external-sort/distinct-users.ts';
import { changeState } from '../../src/ledger/imports/import-state.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import type { Import } from '../../src/server/schemas/import-schema.ts';
import { unsettledChunks } from '../support/ledger/unsettled-chunks.ts';
import { TestServer } from '../support/server.ts';
import { temporaryFolder } from './belongings.ts';
import { writeRows } from './ingest/rows-file.ts';

const TIMES = 100;
/** Number of chunks without outcomes, as at the end of an import. */
const UNSETTLED_CHUNKS = 3;

const VERDICTS: readonly Verdict[] = [
  { outcome: 'skipped', reason: 'already_member' },
  { outcome: 'failed', reason: 'declined' },
  { outcome: 'failed', reason: 'user_not_found' },
  { outcome: 'unknown', reason: 'no_answer' },
];
const INVITED: Verdict = { outcome: 'invited', reason: 'returned' };
/** One in RARE pairs is not invited. */
const RARE = 97;

const FIRST = ['Ivan', 'Ольга', 'Anna', 'Пётр', 'Maria'];
const LAST = ['Petrov', 'Сидорова', 'Smith', 'Кузнецов', 'Orlov', 'Соколова', 'Weber'];

const rows = Number(process.argv[2] ?? 1_000_000);
const people = Number(process.argv[3] ?? 200_000);
const print = (line: string) => process.stdout.write(`${line}\n`);

await using server = await TestServer.open({ worker: false });
const id = await upload();
// Before the outcomes: only pending pairs are read for names.
await name();
await settle();
print(`\nIn ms, ${rows.toLocaleString('en')} pairs, each path requested ${TIMES} times:`);
const at = `/api/imports/${id}`;
for (const path of [
  ...['/api/imports', at, `${at}/review`, `${at}/rate`, `${at}/audit`, '/api/portal'],
  ...[`${at}/groups`, `${at}/groups?cursor=1000`, `${at}/pairs`, `${at}/pairs?cursor=0.900000`],
  ...['invited', 'skipped', 'failed', 'unknown', 'pending', 'rejected', 'duplicate'].map(
    (outcome) => `${at}/pairs?outcome=${outcome}`,
  ),
  ...[`${at}/pairs?reason=declined`, `${at}/pairs?group_id=777`],
  ...[`${at}/pairs?group_id=777&outcome=failed`, `${at}/pairs?group_id=777&reason=declined`],
  ...[`${at}/pairs?user_id=50`, `${at}/pairs?user_id=50&outcome=failed`],
  ...[`${at}/pairs?user_id=50&group_id=777`, '/api/pairs?user_id=50'],
  '/api/pairs?email=nobody@example.com',
  ...['Ivan', 'Ivan Petrov', 'Petrov 777', 'Nobody', '777'].map(
    (text) => `${at}/pairs?page=1&q=${encodeURIComponent(text)}`,
  ),
  ...[`${at}/pairs?page=1&q=Ivan&outcome=failed`, `${at}/pairs?page=1&q=Nobody&outcome=invited`],
  '/api/people?q=Petrov%20777',
]) {
  print(summary(path, await measure(path, TIMES)));
}

/** Records a name for each person of the file, as a check does: one in five is an Ivan. */
async function name(): Promise<void> {
  const { db } = server.app;
  for await (const ids of readUsers(db, id, 10_000)) {
    const named = ids.map((user) => ({
      id: user,
      name: `${FIRST[user % FIRST.length]} ${LAST[user % LAST.length]} ${user}`,
    }));
    await recordUserNames(db, id, named);
  }
}

/** Uploads the file and requests the list all the time until it is checked. */
async function upload(): Promise<number> {
  using folder = temporaryFolder();
  const file = join(folder.path, 'rows.csv');
  await writeRows(file, rows, people);
  const startedAt = performance.now();
  let isRead = false;
  const sent = server.json<Import>('/api/imports?filename=rows.csv', {
    method: 'POST',
    body: Readable.toWeb(createReadStream(file)),
    headers: { 'content-type': 'text/csv' },
    duplex: 'half',
  } as RequestInit);
  const read = sent.then(async (made) => {
    await server.until(made.id, ({ rows: known }) => known > 0);
    const seconds = (performance.now() - startedAt) / 1_000;
    print(`${rows.toLocaleString('en')} rows uploaded and read in ${seconds.toFixed(1)} s`);
    isRead = true;
    return made.id;
  });
  const waits: number[] = [];
  while (!isRead) {
    waits.push(...(await measure('/api/imports', 1)));
    await sleep(20);
  }
  print(summary('/api/imports during the upload', waits));
  const made = await read;
  const checkedAt = performance.now();
  let isChecked = false;
  const checked = server
    .until(made, ({ state, progress }) => state === 'ready' && progress === null)
    .then(() => {
      isChecked = true;
    });
  const during: number[] = [];
  while (!isChecked) {
    during.push(...(await measure('/api/imports', 1)));
    await sleep(20);
  }
  await checked;
  const seconds = (performance.now() - checkedAt) / 1_000;
  print(summary(`/api/imports during the check, ${seconds.toFixed(0)} s`, during));
  return made;
}

/** Records an outcome for nearly all pairs, one chunk at a time, as the workers do. */
async function settle(): Promise<void> {
  const { db } = server.app;
  await changeState(db, id, ['ready'], 'running');
  const chunks = await unsettledChunks(db, id);
  for (const number of chunks.slice(0, -UNSETTLED_CHUNKS)) {
    const range = await claimChunk(db, id, number, 'bench');
    if (range === undefined) continue;
    const pairs = await readSendable(db, range);
    const settlements = pairs.map(({ seq }) => {
      const verdict = seq % RARE === 0 ? VERDICTS[(seq / RARE) % VERDICTS.length] : INVITED;
      return { seq, verdict: verdict ?? INVITED };
    });
    await db.transaction().execute((tx) => recordOutcomes(tx, range, settlements));
  }
}

async function measure(path: string, times: number): Promise<number[]> {
  const waits: number[] = [];
  for (let time = 0; time < times; time++) {
    const startedAt = performance.now();
    await server.json(path);
    waits.push(performance.now() - startedAt);
  }
  return waits;
}

function summary(what: string, waits: readonly number[]): string {
  const sorted = waits.toSorted((a, b) => a - b);
  const point = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return `${what.padEnd(52)} p50 ${point(0.5).padStart(6)}  p95 ${point(0.95).padStart(6)}  max ${point(1).padStart(6)}`;
}
