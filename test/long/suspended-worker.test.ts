import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startImport } from '../../src/invite/import-lifecycle.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { countsOf } from '../ledger/sample-pairs.ts';
import { takeCsv } from '../support/ledger/take-csv.ts';
import { crowd, expectEachOnce, openHarness, SHORT_TIMEOUT } from '../support/program-harness.ts';

const PAIRS = 120;
const TIMEOUT = { timeout: 180_000, interval: 200 };

test('a worker that was suspended for longer than its requests last does no harm when it continues', async () => {
  const seed = plainSeed({ users: 40, groups: 4 });
  await using harness = await openHarness({ seed }, { ...SHORT_TIMEOUT, LOG_LEVEL: 'debug' });
  mkdirSync(join(harness.folder, 'data'));
  await using db = await openLedger(join(harness.folder, 'data/ledger.db'));
  const portal = new URL(harness.origin).host;
  const source = { fileName: 'a.csv', fileDigest: 'a', portal, message: null };
  const id = await takeCsv(db, source, async function* () {
    yield Buffer.from(crowd(4, 30));
  });
  await startImport(db, id);
  const first = harness.program.start('worker');
  await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
  await harness.until(({ atGate, invitationsSent }) => atGate > 0 && invitationsSent > 0);
  first.child.kill('SIGSTOP');
  await harness.removeGate();
  const second = harness.program.start('worker');
  const isFinished = async () => (await findImport(db, id))?.state === 'finished';
  await expect.poll(isFinished, TIMEOUT).toBe(true);
  first.child.kill('SIGCONT');
  // Before it ends, it has read the answers that arrived in the meantime.
  const ended = [await first.stop(), await second.stop()];
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  const { 'invited/returned': returned = 0, 'invited/confirmed': confirmed = 0 } = countsOf(
    await readTallies(db, id),
  );
  expect(returned + confirmed).toBe(PAIRS);
  await expectEachOnce(harness, PAIRS);
});
