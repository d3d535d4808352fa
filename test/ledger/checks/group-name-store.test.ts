import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GroupId } from '../../../src/domain/pairs/ids.ts';
import {
  findGroupNames,
  recordGroupNames,
  unnamedGroups,
} from '../../../src/ledger/checks/group-name-store.ts';
import { hideImport } from '../../../src/ledger/imports/remove-import.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, keys } from '../sample-pairs.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

const [SALES, HIDDEN] = [2 as GroupId, 4 as GroupId];
const NAMES = new Map([
  [SALES, 'Sales'],
  [HIDDEN, null],
]);

test('stores names per import, also that the portal returns none, and the first one counts', async () => {
  const { db } = ledger;
  const [one, other] = [await importOf(db, keys(3)), await importOf(db, keys(3))];
  await recordGroupNames(db, one, NAMES);
  await recordGroupNames(db, one, new Map([[SALES, 'Sales again']]));
  expect(await findGroupNames(db, one, [SALES, HIDDEN])).toEqual(NAMES);
  expect(await findGroupNames(db, other, [SALES])).toEqual(new Map());
  expect(await unnamedGroups(db, one, [SALES, HIDDEN], 1_000)).not.toContain(SALES);
  expect(await unnamedGroups(db, other, [SALES], 1_000)).toContain(SALES);
});

test('drops names that arrive after their import was removed', async () => {
  const { db } = ledger;
  const gone = await importOf(db, keys(3));
  await hideImport(db, gone);
  for (const id of [gone, gone + 1_000]) {
    await recordGroupNames(db, id, NAMES);
    expect(await findGroupNames(db, id, [SALES])).toEqual(new Map());
  }
});
