import { expect, test } from 'vitest';
import { findReplacement, replaceImport } from '../../../src/ledger/imports/import-redirects.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, keys } from '../sample-pairs.ts';

test('replaces an import only once, and only before it was started', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const draft = () => importOf(db, keys(3), { state: 'ready' });
  const [started, replaced, copy] = [await draft(), await draft(), await draft()];
  await changeState(db, started, ['ready'], 'running');
  expect(await replaceImport(db, started, copy)).toBe(false);
  expect(await findImport(db, started)).toMatchObject({ state: 'running', pairs: 3 });
  expect(await replaceImport(db, replaced, copy)).toBe(true);
  expect(await replaceImport(db, replaced, started)).toBe(false);
  expect(await findReplacement(db, replaced)).toBe(copy);
  expect(await findReplacement(db, started)).toBeUndefined();
});
