import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openHarness, summaryOf } from '../../support/program-harness.ts';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../fixtures/formats/${name}`, import.meta.url));

test('the sample with several values per cell invites each combination', async () => {
  await using harness = await openHarness();
  const ended = await harness.program.call('run', fixture('several-per-cell.csv'), '--json');
  expect(summaryOf(ended)).toMatchObject({
    rows: 5,
    pairs: 11,
    reasons: { returned: 10, bad_user_id: 1 },
  });
  const { notifications } = await harness.truth();
  expect(notifications.map(({ groupId, userId }) => `${groupId}/${userId}`).toSorted()).toEqual([
    '15/152',
    '15/153',
    '15/154',
    '18/155',
    '2/155',
    '23/156',
    '23/157',
    '31/158',
    '7/156',
    '7/157',
  ]);
});
