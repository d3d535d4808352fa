import { describe, expect, test } from 'vitest';
import { plainSeed, relation } from '../../src/sandbox/seed.ts';
import {
  crowd,
  type Office,
  openOffice,
  readResults,
  SHORT_TIMEOUT,
  summaryOf,
} from '../support/office.ts';

const invite = 'sonet_group.user.invite';

/** Person 2 is a member of group 1 already; nobody has the number 999. */
function seed() {
  const plain = plainSeed({ users: 10, groups: 1 });
  plain.groups[0]?.relations.set(2, relation('K'));
  return plain;
}

/** Runs member, newcomer and nobody; tells each one's reason and detail. */
async function reasons(office: Office) {
  const file = office.file('a.csv', 'group_id,user_id\n1,2\n1,3\n1,999\n');
  const { stdout, stderr, code } = await office.program.call('run', file, '--json');
  const records = readResults(summaryOf({ code, stdout, stderr }).results);
  const [member, newcomer, nobody] = records.map(({ reason, detail }) => `${reason} ${detail}`);
  return { member, newcomer, nobody, warnings: stderr.match(/^warning: .+$/gm) ?? [], code };
}

describe.concurrent('a webhook', () => {
  test('with all scopes lets the program say everything', async () => {
    await using office = await openOffice({ seed: seed() });
    expect(await reasons(office)).toEqual({
      member: 'already_member ',
      newcomer: 'returned ',
      nobody: 'user_not_found ',
      warnings: [],
      code: 2,
    });
  });

  test('without socialnetwork cannot tell members', async () => {
    await using office = await openOffice({ seed: seed(), scopes: ['sonet_group', 'user'] });
    const { member, newcomer, nobody, warnings } = await reasons(office);
    expect(member).toMatch(/^declined .*scope socialnetwork/);
    expect(newcomer).toBe('returned ');
    expect(nobody).toBe('user_not_found ');
    expect(warnings).toEqual([expect.stringContaining('scope socialnetwork')]);
  });

  test('without user cannot tell those who do not exist', async () => {
    const scopes = ['sonet_group', 'socialnetwork'];
    await using office = await openOffice({ seed: seed(), scopes });
    const { member, newcomer, nobody, warnings } = await reasons(office);
    expect(member).toBe('already_member ');
    expect(newcomer).toBe('returned ');
    expect(nobody).toMatch(/^declined .*scope user/);
    expect(warnings).toEqual([expect.stringContaining('scope user')]);
  });

  test.each(['user_basic', 'user_brief'])('does as well with %s', async (scope) => {
    const scopes = ['sonet_group', 'socialnetwork', scope];
    await using office = await openOffice({ seed: seed(), scopes });
    const { nobody, warnings } = await reasons(office);
    expect(nobody).toBe('user_not_found ');
    expect(warnings).toEqual([]);
  });

  test('without socialnetwork leaves unknown what got no answer, and a retry does not guess', async () => {
    await using office = await openOffice(
      { seed: seed(), scopes: ['sonet_group', 'user'] },
      SHORT_TIMEOUT,
    );
    await office.setFaults({ kind: 'drop_after', method: invite });
    const file = office.file('a.csv', crowd(1, 10));
    const first = await office.program.call('run', file, '--json');
    expect(first.code).toBe(2);
    const { results, outcomes } = summaryOf(first);
    expect(outcomes).toMatchObject({ unknown: 10 });
    for (const { outcome, reason, detail } of readResults(results)) {
      expect(`${outcome}/${reason} ${detail}`).toMatch(/^unknown\/no_answer .*scope socialnetwork/);
    }
    const { requests, calls } = await office.truth();
    expect((await office.program.call('retry', '1')).stdout).toContain('10 pairs are back in line');
    const second = summaryOf(await office.program.call('run', file, '--json'));
    expect(second).toMatchObject({ importId: 1, outcomes: { unknown: 10 } });
    const truth = await office.truth();
    expect(truth.requests).toBeGreaterThan(requests);
    expect(truth.invitationsSent).toBe(9);
    expect(truth.calls[invite]).toBe(calls[invite]);
  });
});
