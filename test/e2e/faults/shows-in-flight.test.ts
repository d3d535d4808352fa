import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { crowd, openHarness } from '../../support/program-harness.ts';

const SEED = { seed: plainSeed({ users: 60, groups: 4 }) };
const STILL =
  /^[\d,]+ invitations? (is|are) in flight; (its outcome is|their outcomes are) not known yet\.$/m;

test('the command line reports the number of invitations in flight until they are answered', async () => {
  await using harness = await openHarness(SEED);
  const { program } = harness;
  await harness.setFaults({ kind: 'gate', method: 'sonet_group.user.invite' });
  const run = program.start('run', harness.file('a.csv', crowd(4, 40)));
  await harness.until(({ atGate }) => atGate > 0);

  const paused = await program.call('pause', '1');
  expect(paused.stdout).toMatch(/^Import 1 is pausing\. No new requests are sent\.$/m);
  expect(paused.stdout).toMatch(STILL);
  expect((await program.call('status', '1')).stdout).toMatch(/· pausing\n {2}\d+ invitations? /);
  expect((await program.call('imports')).stdout).toMatch(/^1\s+pausing\s/m);
  const cancelled = await program.call('cancel', '1');
  expect(cancelled.stdout).toMatch(/^Import 1 is cancelling; \d+ pairs were pending\.$/m);
  expect(cancelled.stdout).toMatch(STILL);

  await harness.removeGate();
  expect(await run.ended).toMatchObject({ code: 2 });
  expect((await program.call('status', '1')).stdout).toMatch(/· cancelled\n/);
});
