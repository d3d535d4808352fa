import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { IMPORT_STATES } from '../../../src/domain/imports/import.ts';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import type { Db, Schema } from '../../../src/ledger/db/schema.ts';
import { markSent } from '../../../src/ledger/delivery/sent-pairs.ts';
import { readAudit, recordAudit } from '../../../src/ledger/imports/audit.ts';
import { changeState, markReady } from '../../../src/ledger/imports/import-state.ts';
import {
  createImport,
  findImport,
  importsInState,
  listImports,
  setResultsDue,
} from '../../../src/ledger/imports/import-store.ts';
import { findUnfinished } from '../../../src/ledger/imports/imports-of-file.ts';
import { MessageStore } from '../../../src/ledger/pairs/message-store.ts';
import { readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { insertRowIssues } from '../../../src/ledger/pairs/row-issues.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { claimed, importOf, keys, PORTAL, removeImport, SOURCE } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());
afterEach(() => {
  vi.useRealTimers();
});

/** Sets the date; timers continue to run. */
const itIs = (time: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) });

/** @returns a new import in the state */
async function importIn(state: (typeof IMPORT_STATES)[number], given = {}): Promise<number> {
  const id = await createImport(db, { ...SOURCE, ...given });
  await changeState(db, id, ['reading'], state);
  return id;
}

describe('an import', () => {
  test('begins in state reading', async () => {
    itIs('2026-03-01T10:00:00Z');
    const given = { ...SOURCE, message: 'Welcome', fileName: 'Отдел продаж.csv' };
    const id = await createImport(db, given);
    expect(await findImport(db, id)).toEqual({
      id,
      ...given,
      state: 'reading',
      rows: 0,
      rejectedRows: 0,
      emptyTexts: 0,
      pairs: 0,
      // The test cannot set a server's clock.
      createdAt: isOnPostgres ? expect.any(Date) : new Date('2026-03-01T10:00:00Z'),
      startedAt: null,
      finishedAt: null,
      archivedAt: null,
      workedMs: 0,
      trial: null,
      problem: null,
    });
  });

  test('is ready when its rows are counted', async () => {
    const id = await createImport(db, SOURCE);
    const counts = { rows: 12, pairs: 20, rejectedRows: 3, emptyTexts: 2 };
    await markReady(db, id, counts);
    expect(await findImport(db, id)).toMatchObject({ state: 'ready', ...counts, startedAt: null });
  });

  test('is not found under an unused id', async () => {
    expect(await findImport(db, 0)).toBeUndefined();
    expect(await findImport(db, 999_999)).toBeUndefined();
  });

  test('never reuses the id of a deleted one', async () => {
    const id = await createImport(db, SOURCE);
    await removeImport(db, id);
    expect(await createImport(db, SOURCE)).toBeGreaterThan(id);
  });

  test('is listed newest first', async () => {
    const ids = [await createImport(db, SOURCE), await createImport(db, SOURCE)];
    const listed = (await listImports(db)).map(({ id }) => id);
    expect(listed.slice(0, 2)).toEqual(ids.reverse());
  });
});

describe('changeState', () => {
  test.each(IMPORT_STATES)('moves an import only out of its state %s', async (state) => {
    itIs('2026-03-01T10:00:00Z');
    const others = IMPORT_STATES.filter((other) => other !== state);
    const target = state === 'paused' ? 'ready' : 'paused';
    const id = await importIn(state);
    const before = await findImport(db, id);

    expect(await changeState(db, id, others, target)).toBe(false);
    expect(await changeState(db, id, [], target)).toBe(false);
    expect(await findImport(db, id)).toEqual(before);

    expect(await changeState(db, id, IMPORT_STATES, target)).toBe(true);
    // The test cannot set a server's clock.
    const workedMs = isOnPostgres ? expect.any(Number) : 0;
    expect(await findImport(db, id)).toEqual({ ...before, state: target, workedMs });
  });

  test('does not change other imports', async () => {
    const [id, other] = [await importIn('ready'), await importIn('ready')];
    await changeState(db, id, ['ready'], 'running');
    expect(await findImport(db, other)).toMatchObject({ state: 'ready', startedAt: null });
  });

  test('succeeds for only one of several concurrent callers', async () => {
    const id = await importIn('ready');
    const tries = [1, 2, 3].map(() => changeState(db, id, ['ready'], 'running'));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  test.skipIf(isOnPostgres)('records first start, last end and running time', async () => {
    const id = await importIn('ready');
    const times = async () => {
      const { startedAt, finishedAt, workedMs = 0 } = (await findImport(db, id)) ?? {};
      const clocks = [startedAt, finishedAt].map((at) => at?.toISOString().slice(11, 16));
      return [...clocks, workedMs && workedMs / 3_600_000];
    };
    itIs('2026-03-01T10:00:00Z');
    await changeState(db, id, ['ready'], 'running');
    expect(await times()).toEqual(['10:00', undefined, null]);
    itIs('2026-03-01T11:00:00Z');
    await changeState(db, id, ['running'], 'paused');
    expect(await times()).toEqual(['10:00', undefined, 1]);
    itIs('2026-03-01T16:00:00Z');
    await changeState(db, id, ['paused'], 'running');
    expect(await times()).toEqual(['10:00', undefined, null]);
    itIs('2026-03-01T17:00:00Z');
    await changeState(db, id, ['running'], 'running');
    await changeState(db, id, ['running'], 'finished');
    expect(await times()).toEqual(['10:00', '17:00', 2]);
    itIs('2026-03-01T20:00:00Z');
    await changeState(db, id, ['finished'], 'running');
    expect(await times()).toEqual(['10:00', undefined, null]);
    itIs('2026-03-01T21:00:00Z');
    await changeState(db, id, ['running'], 'cancelled');
    expect(await times()).toEqual(['10:00', '21:00', 3]);
  });
});

describe('importsInState', () => {
  test("returns the portal's imports in the states, oldest first", async () => {
    const portal = 'states.bitrix24.com';
    const running = await importIn('running', { portal });
    await importIn('paused', { portal });
    const cancelled = await importIn('cancelled', { portal });
    const later = await importIn('running', { portal });
    await importIn('running');
    const ids = async (...states: Parameters<typeof importsInState>[2][]) =>
      (await importsInState(db, portal, ...states)).map(({ id }) => id);
    expect(await ids('running')).toEqual([running, later]);
    expect(await ids('cancelled', 'running')).toEqual([running, cancelled, later]);
    expect(await ids('ready')).toEqual([]);
  });
});

describe('findUnfinished', () => {
  const wanted = (fileDigest: string) => ({
    fileDigest,
    portal: PORTAL,
    message: 'Hello',
    format: 'with commas',
  });

  test.each<[name: string, differs: Partial<ReturnType<typeof wanted>> | { message: null }]>([
    ['other bytes', { fileDigest: 'other' }],
    ['another portal', { portal: 'other.bitrix24.com' }],
    ['another message', { message: 'hello' }],
    ['an empty message', { message: '' }],
    ['no message', { message: null }],
    ['another format', { format: 'with semicolons' }],
  ])('does not find an import for a request with %s', async (name, differs) => {
    const same = wanted(name);
    const id = await importIn('running', same);
    expect(await findUnfinished(db, { ...same, ...differs })).toBeUndefined();
    expect(await findUnfinished(db, same)).toMatchObject({ id });
  });

  test('finds an import without a message for a request without a message', async () => {
    const same = { ...wanted('silent'), message: null };
    const id = await importIn('running', same);
    expect(await findUnfinished(db, same)).toMatchObject({ id });
    expect(await findUnfinished(db, { ...same, message: '' })).toBeUndefined();
  });

  test.each(IMPORT_STATES)('finds only unfinished imports: state %s', async (state) => {
    const same = wanted(`in ${state}`);
    await importIn(state, same);
    const found = await findUnfinished(db, same);
    expect(found?.state).toBe(state === 'finished' || state === 'cancelled' ? undefined : state);
  });

  test('finds a finished import with results that were not delivered yet', async () => {
    const same = wanted('results due');
    const id = await importIn('finished', same);
    const other = await importIn('finished', same);
    await setResultsDue(db, id, true);
    expect(await findUnfinished(db, same)).toMatchObject({ id, state: 'finished' });
    await setResultsDue(db, id, false);
    expect(await findUnfinished(db, same)).toBeUndefined();

    await changeState(db, other, ['finished'], 'cancelled');
    await setResultsDue(db, other, true);
    expect(await findUnfinished(db, same)).toBeUndefined();
  });

  test('prefers the newest', async () => {
    const same = wanted('twice');
    await importIn('running', same);
    const newer = await importIn('paused', same);
    await importIn('finished', same);
    expect(await findUnfinished(db, same)).toMatchObject({ id: newer });
  });
});

describe('the removal of an import', () => {
  /** @returns the number of the import's rows per table */
  async function rowsOf(importId: number) {
    const tables = [
      ...['audit', 'chunks', 'messages', 'pair_keys', 'pairs', 'row_issues', 'sent_pairs'],
      'tallies',
    ];
    const counts = tables.map(async (table) => {
      const rows = await db
        .selectFrom(table as keyof Schema & 'pairs')
        .select('import_id')
        .where('import_id', '=', importId)
        .execute();
      return [table, rows.length] as const;
    });
    return Object.fromEntries(await Promise.all(counts));
  }

  /** Creates an import with rows in every table. */
  async function fullImport(portal: string): Promise<number> {
    const id = await importOf(db, keys(3), { portal });
    const range = await claimed(db, id);
    await markSent(db, portal, range, { id: 'r', lifetimeMs: 0 }, await readSendable(db, range));
    await new MessageStore(id).number(db, ['Hello']);
    const cells = { detail: null, group_cell: '', user_cell: '' };
    await insertRowIssues(db, [
      { import_id: id, seq: 9, line: 9, outcome: 'rejected', reason: 'bad_row', ...cells },
    ]);
    await recordAudit(db, { importId: id, actor: 'cli', action: 'import' });
    return id;
  }

  test('deletes all rows of the import, and none of another', async () => {
    const id = await fullImport('gone.bitrix24.com');
    const other = await fullImport('stays.bitrix24.com');
    const before = await rowsOf(other);
    expect(Object.values(await rowsOf(id)).every((count) => count > 0)).toBe(true);

    await removeImport(db, id);
    expect(await findImport(db, id)).toBeUndefined();
    expect(Object.values(await rowsOf(id)).every((count) => count === 0)).toBe(true);
    expect(await rowsOf(other)).toEqual(before);
  });
});

describe('the audit trail', () => {
  test('lists the entries of an import, oldest first', async () => {
    const id = await createImport(db, SOURCE);
    itIs('2026-03-01T10:00:00Z');
    await recordAudit(db, {
      importId: id,
      actor: 'cli',
      action: 'import',
      detail: verbatim('3 rows'),
    });
    await recordAudit(db, { importId: null, actor: 'worker', action: 'hold' });
    itIs('2026-03-01T09:00:00Z');
    await recordAudit(db, { importId: id, actor: 'cli', action: 'pause' });
    const at = (time: string) =>
      isOnPostgres ? expect.any(Number) : Date.parse(`2026-03-01T${time}:00Z`);
    expect(await readAudit(db, id)).toEqual([
      { at: at('10:00'), actor: 'cli', action: 'import', detail: verbatim('3 rows') },
      { at: at('09:00'), actor: 'cli', action: 'pause', detail: null },
    ]);
  });
});
