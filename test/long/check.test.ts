import { cpSync, existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultSeed, plainSeed, relation } from '../../src/sandbox/state/seed.ts';
import { readJson } from '../e2e/checked.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  PRIVATE_REDIS,
  type ProgramHarness,
  readResults,
  summaryOf,
} from '../support/program-harness.ts';

const ONBOARDING = fileURLToPath(new URL('../../fixtures/onboarding.csv', import.meta.url));

/** Expects that a check has left no files and sent no notifications. */
async function expectNoTrace(harness: ProgramHarness): Promise<void> {
  expect(readdirSync(join(harness.folder, 'data/checks'))).toEqual([]);
  expect(existsSync(join(harness.folder, 'data/ledger.db'))).toBe(false);
  expect((await harness.truth()).notifications).toEqual([]);
}

/** @returns the pairs in the results, without rejects and duplicates */
const pairsOf = (results: string): { group: number; user: number }[] =>
  readResults(results)
    .filter(({ outcome }) => outcome !== 'rejected' && outcome !== 'duplicate')
    .map((record) => ({ group: Number(record.group_id), user: Number(record.user_id) }));

describe('a check of the sample file', () => {
  let harness: ProgramHarness;
  beforeAll(async () => {
    harness = await openHarness({});
  });
  afterAll(() => harness[Symbol.asyncDispose]());

  test('prints tables that add up, the first rejects, and the path of all rejects', async () => {
    const { stdout, code } = await harness.program.call('check', ONBOARDING);
    expect(code).toBe(2);
    const [rows = ''] = stdout.split('\n\n  GROUP');
    const counts = [...rows.matchAll(/^ {2}[a-z ]+? +(\d+)(?: |$)/gm)].map(([, count]) =>
      Number(count),
    );
    expect(counts.at(-1)).toBe(380);
    expect(counts.slice(0, -1).reduce((sum, count) => sum + count)).toBe(380);
    expect(stdout).toMatch(/Юридический отдел \(33\) .* the webhook may not invite here/);
    expect(stdout).toMatch(/^ {2}26 .* does not exist, or the webhook cannot see it/m);
    expect(stdout).toContain('The webhook cannot see these people: 5.');
    expect(stdout).toContain('  Ava Palmer (135)');
    expect(stdout).toContain('  line 27  missing_user: the user is empty');
    expect(stdout).toMatch(/330 invitations would be sent to \d+ people in about \d+ seconds/);
    const csv = join(harness.folder, 'data/results/onboarding-rejects.csv');
    expect(stdout).toContain(`All rejected rows: ${csv}`);
    expect(readResults(csv)).toHaveLength(8);
    await expectNoTrace(harness);
  });

  test('reports the state of the portal in figures and does not affect a later run', async () => {
    const ended = await harness.program.call('check', ONBOARDING, '--json');
    expect(ended.code).toBe(2);
    const reported = readJson(ended);
    await expectNoTrace(harness);
    expect((await harness.program.call('imports')).stdout).toBe('No imports yet.\n');
    const before = await harness.truth();

    const run = summaryOf(await harness.program.call('run', ONBOARDING, '--json'));
    expect(run).toMatchObject({ importId: 1, rows: 380, outcomes: { invited: 328 } });
    const pairs = pairsOf(run.results);
    expect(reported).toMatchObject({ rows: 380, pairs: 380, duplicates: 6, notShown: [] });
    expect(reported.rejects.count).toBe(380 - 6 - pairs.length);
    const roles = new Map(
      before.relations.map(({ groupId, userId, role }) => [`${groupId}/${userId}`, role]),
    );
    const seed = defaultSeed();
    const people = new Map(seed.users.map((user) => [user.id, user]));
    const groups = Map.groupBy(pairs, ({ group }) => group);
    expect(reported.groups.map(({ id }) => id)).toEqual(
      [...groups.keys()].toSorted((a, b) => a - b),
    );
    for (const group of reported.groups) {
      const seen = seed.groups.find(({ id, visible }) => id === group.id && visible);
      const users = groups.get(group.id)?.map(({ user }) => user) ?? [];
      const having = (wanted: string) =>
        users.filter((user) => wanted.includes(roles.get(`${group.id}/${user}`) ?? '-'));
      const others = (roles: string) => having(roles).filter((id) => id !== 1).length;
      const members = others('AEK');
      const pending = having('Z').length;
      const related = new Set(having('AEKTZ'));
      const unseen = users.filter((id) => !related.has(id) && id !== 1 && !people.has(id));
      const invitable = users.filter((id) => !related.has(id) && id !== 1 && people.has(id));
      expect(group).toEqual({
        id: group.id,
        name: seen?.name ?? null,
        visible: seen !== undefined,
        mayInvite: seen?.callerMayInvite ?? null,
        size: seen
          ? [...seen.relations.values()].filter(({ role }) => 'AEK'.includes(role)).length
          : null,
        pairs: users.length,
        members: seen ? members : null,
        pending: seen ? pending : null,
        toInvite: seen?.callerMayInvite ? invitable.length : 0,
        unseen: seen?.callerMayInvite ? unseen.length : 0,
        ...{ banned: others('T'), collab: false, archived: false },
      });
    }
    const users = [...new Set(pairs.map(({ user }) => user))].toSorted((a, b) => a - b);
    const dismissed = users.filter((id) => people.get(id)?.active === false);
    expect(reported.people).toEqual({
      count: users.length,
      missing: users.filter((id) => !people.has(id)).map((id) => ({ id, name: null })),
      dismissed: dismissed.map((id) => ({ id, name: people.get(id)?.name })),
      unnotified: [],
    });
    // A check cannot predict users that the portal declines without a reason.
    const { invitationsSent, notifications } = await harness.truth();
    expect(reported.invitations.pairs).toBe(invitationsSent + 2);
    const notified = new Set(notifications.map(({ userId }) => userId)).size;
    expect(reported.invitations.people).toBeGreaterThanOrEqual(notified);
    expect(reported.invitations.people).toBeLessThanOrEqual(notified + 2);
  });
});

describe.concurrent('a check', () => {
  test('ends with 0 when all pairs can be invited, and writes rejects only with --rejects', async () => {
    await using harness = await openHarness({ seed: plainSeed({ users: 10, groups: 3 }) });
    const file = harness.file('a.csv', crowd(3, 10));
    const ended = await harness.program.call('check', file, '--json');
    expect(ended.code).toBe(0);
    expect(readJson(ended)).toMatchObject({
      rejects: { count: 0, first: [], csv: null },
      invitations: { pairs: 30, people: 10 },
      people: { count: 10, missing: [], dismissed: [] },
    });
    expect(existsSync(join(harness.folder, 'data/results'))).toBe(false);
    const csv = join(harness.folder, 'none.csv');
    const named = await harness.program.call('check', file, '--json', '--rejects', csv);
    expect(readJson(named).rejects.csv).toBe(csv);
    expect(readResults(csv)).toEqual([]);
  });

  test('names the figures that it cannot determine without a scope', async () => {
    const seed = plainSeed({ users: 5, groups: 1 });
    seed.groups[0]?.relations.set(2, relation('K'));
    const scopes = ['sonet_group', 'user'];
    await using harness = await openHarness({ seed, scopes });
    const file = harness.file('a.csv', 'group,user\n1,2\n1,3\n1,999\n');
    const reported = readJson(await harness.program.call('check', file, '--json'));
    expect(reported.notShown).toEqual(['socialnetwork']);
    expect(reported.groups[0]).toMatchObject({ members: null, mayInvite: null, name: 'Group 1' });
    expect(reported.people.missing).toHaveLength(1);
    const { stdout } = await harness.program.call('check', file);
    expect(stdout).toContain('The webhook lacks the scope socialnetwork.');
  });

  test.each([
    ['a file without the columns', {}, 'hello\n1\n', /a\.csv/],
    ['a webhook that may not invite', { scopes: ['user'] }, crowd(1, 1), /scope sonet_group/],
  ])('ends with 1 and an error for %s', async (_, options, content, words) => {
    const seed = plainSeed({ users: 2, groups: 1 });
    await using harness = await openHarness({ seed, ...options });
    const ended = await harness.program.call('check', harness.file('a.csv', content));
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).not.toContain('This is a bug');
  });
});

describe.concurrent('a check during a run', () => {
  const MANY = { seed: plainSeed({ users: 30, groups: 20 }) };
  const inviting = 'sonet_group.user.invite';

  test('shares the Redis and the budget of the run, and both complete', async () => {
    await using harness = await openHarness(MANY, PRIVATE_REDIS);
    const file = harness.file('a.csv', crowd(20, 30));
    await harness.setFaults({ kind: 'gate', method: inviting });
    const run = harness.program.begin('run', file, '--json');
    await harness.untilGateIsFull();
    const reported = readJson(await harness.program.call('check', file, '--json'));
    expect(reported.people.count).toBe(30);
    expect(reported.groups).toHaveLength(20);
    expect((await harness.truth()).atGate).toBe(4);
    await harness.removeGate();
    expect(summaryOf(await run.ended).outcomes).toMatchObject({ invited: 600 });
    await expectEachOnce(harness, 600);
  });

  test('continues within the same budget when the run that owns the Redis is killed', async () => {
    const settings = { BITRIX24_BURST: '8', BITRIX24_REQUESTS_PER_SECOND: '1' };
    await using harness = await openHarness(
      { seed: plainSeed({ users: 30, groups: 200 }) },
      { ...PRIVATE_REDIS, ...settings },
    );
    const startedAt = performance.now();
    await harness.setFaults({ kind: 'gate', method: inviting });
    const run = harness.program.start('run', harness.file('a.csv', crowd(5, 30)));
    await harness.untilGateIsFull();
    const check = harness.program.begin('check', harness.file('b.csv', crowd(200, 2)), '--json');
    await harness.until(({ calls }) => (calls['socialnetwork.api.workgroup.get'] ?? 0) > 0);
    run.child.kill('SIGKILL');
    const ended = await check.ended;
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(ended.stderr).toBe('');
    expect(readJson(ended)).toMatchObject({ pairs: 400, people: { count: 2 } });
    expect((await harness.truth()).requests).toBeLessThanOrEqual(8 + seconds);
  });

  test('ends on SIGINT, and the next check removes the files of a killed one', async () => {
    await using harness = await openHarness(MANY, PRIVATE_REDIS);
    await harness.setFaults({ kind: 'gate', method: 'user.get' });
    const file = harness.file('a.csv', crowd(20, 30));
    const interrupted = harness.program.start('check', file);
    await harness.until(({ atGate }) => atGate > 0);
    const checks = join(harness.folder, 'data/checks');
    const [own = ''] = readdirSync(checks);
    // A killed check leaves all its files.
    cpSync(join(checks, own), join(checks, 'check-killed'), { recursive: true });
    interrupted.child.kill('SIGINT');
    expect(await interrupted.ended).toMatchObject({ code: 130, stdout: '' });
    expect(readdirSync(checks)).toEqual(['check-killed']);

    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(checks, 'check-killed'), longAgo, longAgo);
    await harness.setFaults();
    expect((await harness.program.call('check', file)).code).toBe(0);
    await expectNoTrace(harness);
  });
});
