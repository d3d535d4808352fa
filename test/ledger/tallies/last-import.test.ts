import { expect, test } from 'vitest';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { findSwitchedOff } from '../../../src/ledger/tallies/last-import.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, importOf, keys } from '../sample-pairs.ts';

test('workgroups seem to be switched off after an import that invited no one, until the next one', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const portal = 'off.bitrix24.example';
  const ended = async (outcomes: readonly ('declined' | 'returned')[]) => {
    const id = await importOf(db, keys(outcomes.length), { portal });
    const verdicts = outcomes.map((reason, seq) => ({
      seq: seq + 1,
      verdict:
        reason === 'declined'
          ? ({ outcome: 'failed', reason } as const)
          : ({ outcome: 'invited', reason } as const),
    }));
    await recordOutcomes(db, await claimed(db, id, 0), verdicts);
    await changeState(db, id, ['running'], 'finished');
    return id;
  };
  expect(await findSwitchedOff(db, portal)).toBeNull();
  const first = await ended(['declined', 'declined', 'declined']);
  expect(await findSwitchedOff(db, portal)).toBe(first);
  expect(await findSwitchedOff(db, 'other.bitrix24.example')).toBeNull();
  await ended(['declined', 'declined', 'declined', 'returned']);
  expect(await findSwitchedOff(db, portal)).toBeNull();
});
