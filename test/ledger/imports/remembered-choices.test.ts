import { expect, test } from 'vitest';
import { startImport } from '../../../src/invite/import-lifecycle.ts';
import { createImport } from '../../../src/ledger/imports/import-store.ts';
import {
  findImportChoices,
  findRemembered,
  forgetChoices,
  keepImportChoices,
  MOST_REMEMBERED,
  rememberChoices,
} from '../../../src/ledger/imports/remembered-choices.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, keys as pairs, SOURCE } from '../sample-pairs.ts';

const choicesOf = (header: string, choices = '{}') => ({
  ...{ keys: { header, line: `line of ${header}` }, choices, remembered: null },
});

test('the choices of an import are remembered when it starts, until they are forgotten', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await importOf(db, pairs(1), { state: 'ready' });
  await keepImportChoices(db, id, choicesOf('a', '{"delimiter":";"}'));
  expect(await findRemembered(db, { headers: ['a'] })).toEqual([]);
  await startImport(db, id);
  const [found] = await findRemembered(db, { lines: ['x', 'line of a'] });
  expect(found).toEqual({ keys: choicesOf('a').keys, choices: '{"delimiter":";"}' });
  expect(await findRemembered(db, { headers: ['a'] })).toEqual([found]);

  expect(await forgetChoices(db, id)).toBe(true);
  expect(await findRemembered(db, { headers: ['a'] })).toEqual([]);
  expect(await findImportChoices(db, id)).toBeUndefined();
  expect(await forgetChoices(db, id)).toBe(false);
});

test('the headers that were not used for the longest time are forgotten', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const old = Array.from({ length: MOST_REMEMBERED }, (_, i) => ({
    ...{ header_key: `h${i}`, line_key: null, choices: '{}', used_at: i },
  }));
  await db.insertInto('remembered_choices').values(old).execute();
  const id = await createImport(db, SOURCE);
  await keepImportChoices(db, id, choicesOf('new'));
  await rememberChoices(db, id);
  expect(await findRemembered(db, { headers: ['h0'] })).toEqual([]);
  for (const header of ['h1', 'new'])
    expect(await findRemembered(db, { headers: [header] })).toHaveLength(1);
});
