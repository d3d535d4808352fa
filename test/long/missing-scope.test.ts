import { expect, test } from 'vitest';
import { plainSeed, relation } from '../../src/sandbox/state/seed.ts';
import { openHarness, readResults, SHORT_TIMEOUT, summaryOf } from '../support/program-harness.ts';

const invite = 'sonet_group.user.invite';

test('without the scope socialnetwork the program warns, reports fewer details and does not guess', async () => {
  // User 2 is a member already; user 999 does not exist.
  const seed = plainSeed({ users: 10, groups: 2 });
  seed.groups[0]?.relations.set(2, relation('K'));
  await using harness = await openHarness({ seed, scopes: ['sonet_group', 'user'] }, SHORT_TIMEOUT);
  const { program } = harness;
  const file = harness.file('a.csv', 'group_id,user_id\n1,2\n1,3\n1,999\n');
  const known = await program.call('run', file, '--json');
  expect(known.code).toBe(2);
  expect(known.stderr.match(/^warning: .+$/gm)).toEqual([
    expect.stringContaining('scope socialnetwork'),
  ]);
  const records = readResults(summaryOf(known).results);
  expect(records.map(({ reason, detail }) => `${reason} ${detail}`)).toEqual([
    expect.stringMatching(/^not_explained .*scope socialnetwork/),
    'returned ',
    'user_not_found ',
  ]);

  await harness.setFaults({ kind: 'html_504', method: invite });
  const lost = harness.file('b.csv', 'group_id,user_id\n2,4\n2,5\n');
  const first = summaryOf(await program.call('run', lost, '--json'));
  expect(first.outcomes).toMatchObject({ unknown: 2 });
  for (const { outcome, reason, detail } of readResults(first.results)) {
    expect(`${outcome}/${reason} ${detail}`).toMatch(/^unknown\/no_answer .*scope socialnetwork/);
  }
  const { requests, calls } = await harness.truth();
  expect((await program.call('retry', '2')).stdout).toContain('2 pairs are pending again');
  const second = summaryOf(await program.call('run', lost, '--json'));
  expect(second).toMatchObject({ importId: 2, outcomes: { unknown: 2 } });
  const truth = await harness.truth();
  expect(truth.requests).toBeGreaterThan(requests);
  expect(truth.invitationsSent).toBe(3);
  expect(truth.calls[invite]).toBe(calls[invite]);
});
