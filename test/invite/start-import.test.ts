import { expect, test } from 'vitest';
import { startImport } from '../../src/invite/import-lifecycle.ts';
import { readAudit } from '../../src/ledger/imports/audit.ts';
import { changeState } from '../../src/ledger/imports/import-state.ts';
import { importOf, keys } from '../ledger/sample-pairs.ts';
import { openTestLedger } from '../support/ledger/test-ledger.ts';

test('records a start from the command line in the audit trail, and a resume as such', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await importOf(db, keys(3), { state: 'ready' });
  const trail = async () =>
    (await readAudit(db, id)).map(({ actor, action }) => `${actor} ${action}`);
  await startImport(db, id);
  expect(await trail()).toEqual(['cli start']);
  await startImport(db, id);
  expect(await trail()).toEqual(['cli start']);
  await changeState(db, id, ['running'], 'paused');
  await startImport(db, id, 'admin');
  expect(await trail()).toEqual(['cli start', 'admin resume']);
});
