import { expect, test } from 'vitest';
import type { GroupId, UserId } from '../../../src/domain/pairs/ids.ts';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import { startImport } from '../../../src/invite/import-lifecycle.ts';
import { recordCheck } from '../../../src/ledger/checks/check-store.ts';
import { insertGroupChecks } from '../../../src/ledger/checks/group-checks.ts';
import { recordGroupNames } from '../../../src/ledger/checks/group-name-store.ts';
import { insertUserChecks } from '../../../src/ledger/checks/user-checks.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { recordAudit } from '../../../src/ledger/imports/audit.ts';
import { rememberKey } from '../../../src/ledger/imports/idempotency-keys.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { createImport, findImport } from '../../../src/ledger/imports/import-store.ts';
import { acquireIngestLease } from '../../../src/ledger/imports/ingest-lease.ts';
import { noticeHeld, noticeLongWait } from '../../../src/ledger/imports/notices.ts';
import {
  purgeableImports,
  purgeImport,
  purgeNotices,
} from '../../../src/ledger/imports/purge-imports.ts';
import { takeCsv } from '../../support/ledger/take-csv.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, importOf, keys, PORTAL, SOURCE } from '../sample-pairs.ts';

/** Occurs in all texts of an import. */
const MARK = 'Zanzibar';

const later = () => new Date(Date.now() + 1_000);

/** @returns all rows of the ledger as text, by table */
async function everything(db: Db): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name } of await db.introspection.getTables()) {
    const rows = await db
      .selectFrom(name as 'imports')
      .selectAll()
      .execute();
    if (name !== 'ledger' && rows.length > 0) found.set(name, JSON.stringify(rows));
  }
  return found;
}

/** @returns an import with rows in every table except marks and redirects */
async function full(db: Db): Promise<number> {
  const csv = `group_id,user_id,message\n2,3,${MARK}\n2,${MARK}@example.com,\n,${MARK},\n2,3,\n`;
  const source = { fileName: `${MARK}.csv`, fileDigest: 'd', portal: PORTAL, message: MARK };
  const id = await takeCsv(
    db,
    source,
    async function* () {
      yield Buffer.from(csv);
    },
    {
      directory: {
        usersByEmail: async (emails) =>
          new Map(emails.map((email) => [email, { kind: 'found', id: 7 as UserId }])),
        groupsByName: async () => new Map(),
      },
    },
  );
  const group = { id: 2 as GroupId, pairs: 2, name: MARK, size: 1, visible: true, mayInvite: true };
  const request = { key: MARK, fingerprint: MARK };
  await rememberKey(db, request, id, true);
  const warnings = { banned: 0, unseen: 0, collab: false, archived: false };
  await insertGroupChecks(db, id, [
    { ...group, ...warnings, members: 0, pending: 0, toInvite: 2, failing: 0 },
  ]);
  await insertUserChecks(db, id, [{ id: 7 as UserId, state: 'dismissed', name: MARK }]);
  await recordGroupNames(db, id, new Map([[2 as GroupId, MARK]]));
  const forecast = { seconds: 1, limit: 'requests', requests: 1 } as const;
  await recordCheck(db, id, {
    ...{ checkedAt: new Date(), notShown: [], people: 2, invitations: { pairs: 2, people: 2 } },
    forecast: { ...forecast, costPerInviteSeconds: 1, assumed: false },
    filteredTexts: 0,
  });
  return id;
}

test('deletes a purged import from all tables', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await full(db);
  await startImport(db, id);
  const range = await claimed(db, id);
  await noticeLongWait(db, id, new Date());
  const verdict = { outcome: 'failed', reason: 'portal_error', details: [verbatim(MARK)] } as const;
  await db.transaction().execute((tx) =>
    recordOutcomes(
      tx,
      range,
      [1, 2].map((seq) => ({ seq, verdict })),
    ),
  );
  expect(await findImport(db, id)).toMatchObject({ state: 'finished' });
  const before = await everything(db);
  const reported = [...before].filter(([, text]) => text.includes(MARK)).map(([name]) => name);
  expect(reported).toEqual(expect.arrayContaining(['imports', 'notices', 'audit', 'row_issues']));

  expect(await purgeImport(db, id, later())).toBe(true);
  expect([...(await everything(db)).keys()]).toEqual([]);
});

test('purges drafts that were never started, except one that is being read', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const ready = await full(db);
  const paused = await importOf(db, keys(3), { state: 'paused' });
  const unread = await createImport(db, SOURCE);
  const reading = await createImport(db, SOURCE);
  await acquireIngestLease(db, reading);
  const started = await importOf(db, keys(3));
  await changeState(db, started, ['running'], 'paused');

  expect(await purgeableImports(db, new Date(Date.now() - 60_000))).toEqual([]);
  const drafts = await purgeableImports(db, later());
  expect(drafts.map(({ id }) => id)).toEqual([ready, paused, unread]);
  for (const { id } of drafts) expect(await purgeImport(db, id, later())).toBe(true);
  for (const id of [reading, started]) expect(await purgeImport(db, id, later())).toBe(false);
  expect([...(await everything(db)).values()].join()).not.toContain(MARK);
});

test('purges entries without an import by their age', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  await recordAudit(db, {
    importId: null,
    actor: 'worker',
    action: 'hold',
    detail: verbatim('X: y'),
  });
  await noticeHeld(db, PORTAL, { code: 'X', remedy: 'y' }, 0);
  expect(await purgeNotices(db, new Date(Date.now() - 60_000))).toBe(0);
  expect(await purgeNotices(db, later())).toBe(2);
  expect([...(await everything(db)).keys()]).toEqual([]);
});
