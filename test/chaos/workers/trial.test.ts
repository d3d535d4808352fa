import { expect, test } from 'vitest';
import { makePlace } from '../../support/ledger.ts';
import { isOnPostgres } from '../../support/postgres.ts';
import { MISCHIEF_NAMES, type MischiefName } from './mischief.ts';
import { runTrial } from './trial.ts';

/** Each kind once; `node test/chaos/workers/main.ts` plays many seeds. */
const ON_SQLITE: MischiefName[] = ['cancelAndRetry', 'freeze', 'outage', 'setBack'];
const ON_POSTGRES: MischiefName[] = ['pauseAndResume', 'loseLedger', 'kill', 'cancelAndRetry'];

test('whatever befalls two workers, the ledger says what the portal did', async () => {
  await using place = await makePlace();
  const mischief = isOnPostgres ? ON_POSTGRES : ON_SQLITE;
  const { wrong, invited } = await runTrial(1, place, { mischief, clocksApart: isOnPostgres });
  expect(wrong).toEqual([]);
  expect(invited).toBeGreaterThan(0);
});

test('there is no mischief that is not played', () => {
  const played = new Set([...ON_SQLITE, ...ON_POSTGRES]);
  expect([...played].toSorted()).toEqual(MISCHIEF_NAMES.toSorted());
});
