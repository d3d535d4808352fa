import { expect, test } from 'vitest';
import { requireImport } from '../../../src/commands/imports/find-import.ts';
import { replaceImport } from '../../../src/ledger/imports/import-redirects.ts';
import { importOf, keys } from '../../ledger/sample-pairs.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';

test('the id of a replaced import leads to its replacement, and that is reported', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const [first, second, third] = [
    await importOf(db, keys(1), { state: 'ready' }),
    await importOf(db, keys(1), { state: 'ready' }),
    await importOf(db, keys(1), { state: 'ready' }),
  ];
  await db.updateTable('imports').set({ started_at: null }).execute();
  await replaceImport(db, first, second);
  await replaceImport(db, second, third);
  const reported: string[] = [];
  for (const id of [first, second, third]) {
    const found = await requireImport(db, String(id), (line) => reported.push(line));
    expect(found.id).toBe(third);
  }
  for (const id of ['99', '0', '-1', '1.5', '1e3', 'x', '']) {
    await expect(requireImport(db, id)).rejects.toThrow(`There is no import ${id}.`);
  }
  expect(reported).toEqual([
    `Import ${first} was replaced by import ${third}; using import ${third}.`,
    `Import ${second} was replaced by import ${third}; using import ${third}.`,
  ]);
});
