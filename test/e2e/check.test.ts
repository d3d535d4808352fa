import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { defaultSeed, plainSeed, relation } from '../../src/sandbox/seed.ts';
import { crowd, type Office, openOffice, readResults, summaryOf } from '../support/office.ts';
import type { Ended } from '../support/program.ts';

const ONBOARDING = fileURLToPath(new URL('../../fixtures/onboarding.csv', import.meta.url));

/** Nobody loses patience here, however busy the machine is. */
const PATIENT = { BITRIX24_REQUEST_TIMEOUT_SECONDS: '20' };

interface Group {
  id: number;
  name: string | null;
  visible: boolean;
  mayInvite: boolean | null;
  size: number | null;
  pairs: number;
  members: number | null;
  pending: number | null;
  toInvite: number;
}

interface Checked {
  rows: number;
  pairs: number;
  duplicates: number;
  rejects: { count: number; first: { line: number; reason: string }[]; csv: string | null };
  groups: Group[];
  people: {
    count: number;
    missing: { id: number; name: string | null }[];
    dismissed: { id: number; name: string | null }[];
  };
  invitations: { pairs: number; people: number };
  forecast: { seconds: number; limit: string; requests: number; assumed: boolean };
  notTold: string[];
}

function readJson({ stdout, stderr }: Ended): Checked {
  if (!/^\{.*\}\n$/.test(stdout)) throw new Error(`no JSON: ${stdout}\n${stderr}`);
  return JSON.parse(stdout);
}

/** Nothing of a check stays in the data folder, and nobody has heard of it. */
async function expectNoTrace(office: Office): Promise<void> {
  expect(readdirSync(join(office.folder, 'data/checks'))).toEqual([]);
  expect(existsSync(join(office.folder, 'data/ledger.db'))).toBe(false);
  expect((await office.truth()).notifications).toEqual([]);
}

/** The pairs of the sample file, as a run would send them. */
async function pairsOfSample(office: Office): Promise<{ group: number; user: number }[]> {
  const ended = await office.program.call('run', ONBOARDING, '--json');
  return readResults(summaryOf(ended).results)
    .filter(({ outcome }) => outcome !== 'rejected' && outcome !== 'duplicate')
    .map((record) => ({ group: Number(record.group_id), user: Number(record.user_id) }));
}

describe.concurrent('a check of the sample file', () => {
  test('tells the portal’s truth in figures, and a run afterwards knows nothing of it', async () => {
    await using office = await openOffice({}, PATIENT);
    const ended = await office.program.call('check', ONBOARDING, '--json');
    expect(ended.code).toBe(2);
    const told = readJson(ended);
    await expectNoTrace(office);
    const before = await office.truth();

    const pairs = await pairsOfSample(office);
    expect(told).toMatchObject({ rows: 380, pairs: 380, duplicates: 6, notTold: [] });
    expect(told.rejects.count).toBe(380 - 6 - pairs.length);
    const roles = new Map(
      before.relations.map(({ groupId, userId, role }) => [`${groupId}/${userId}`, role]),
    );
    const seed = defaultSeed();
    const people = new Map(seed.users.map((user) => [user.id, user]));
    const groups = Map.groupBy(pairs, ({ group }) => group);
    expect(told.groups.map(({ id }) => id)).toEqual([...groups.keys()].toSorted((a, b) => a - b));
    for (const group of told.groups) {
      const seen = seed.groups.find(({ id, visible }) => id === group.id && visible);
      const users = groups.get(group.id)?.map(({ user }) => user) ?? [];
      const having = (wanted: string) =>
        users.filter((user) => wanted.includes(roles.get(`${group.id}/${user}`) ?? '-'));
      const members = having('AEK').length;
      const pending = having('Z').length;
      const related = new Set(having('AEKZ'));
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
      });
    }
    const users = [...new Set(pairs.map(({ user }) => user))].toSorted((a, b) => a - b);
    const dismissed = users.filter((id) => people.get(id)?.active === false);
    expect(told.people).toEqual({
      count: users.length,
      missing: users.filter((id) => !people.has(id)).map((id) => ({ id, name: null })),
      dismissed: dismissed.map((id) => ({ id, name: people.get(id)?.name })),
    });
    // Whom the portal declines without a reason nobody can tell before.
    const run = summaryOf(await office.program.call('run', ONBOARDING, '--json'));
    expect(run.importId).toBe(2);
    const { invitationsSent, notifications } = await office.truth();
    expect(told.invitations.pairs).toBe(invitationsSent + 4);
    const notified = new Set(notifications.map(({ userId }) => userId)).size;
    expect(told.invitations.people).toBeGreaterThanOrEqual(notified);
    expect(told.invitations.people).toBeLessThanOrEqual(notified + 4);
  });

  test('lets a run invite as if there had been none', async () => {
    await using office = await openOffice({}, PATIENT);
    await office.program.call('check', ONBOARDING);
    expect((await office.program.call('imports')).stdout).toBe('No imports yet.\n');
    const run = summaryOf(await office.program.call('run', ONBOARDING, '--json'));
    expect(run).toMatchObject({ importId: 1, rows: 380, outcomes: { invited: 328 } });
  });

  test('is told to a person in tables that add up, with the rejects and where all are', async () => {
    await using office = await openOffice({}, PATIENT);
    const { stdout, code } = await office.program.call('check', ONBOARDING);
    expect(code).toBe(2);
    const [rows = ''] = stdout.split('\n\n  GROUP');
    const counts = [...rows.matchAll(/^ {2}[a-z ]+? +(\d+)(?: |$)/gm)].map(([, count]) =>
      Number(count),
    );
    expect(counts.at(-1)).toBe(380);
    expect(counts.slice(0, -1).reduce((sum, count) => sum + count)).toBe(380);
    expect(stdout).toMatch(/Юридический отдел \(33\) .* you may not invite here/);
    expect(stdout).toMatch(/^ {2}26 .* not there, or you cannot see it/m);
    expect(stdout).toContain('Not listed on the portal: 5.');
    expect(stdout).toContain('  Ava Palmer (135)');
    expect(stdout).toContain('  line 27  missing_user: the user is empty');
    expect(stdout).toMatch(/332 invitations would go out, to \d+ people, in about \d+ seconds/);
    const csv = join(office.folder, 'data/results/onboarding-rejects.csv');
    expect(stdout).toContain(`All of them: ${csv}`);
    expect(readResults(csv)).toHaveLength(8);
    await expectNoTrace(office);
  });
});

describe.concurrent('a check', () => {
  const SMALL = { seed: plainSeed({ users: 30, groups: 3 }) };

  test('of a file of which all can be invited ends with 0 and writes no rejects', async () => {
    await using office = await openOffice(SMALL, PATIENT);
    const file = office.file('a.csv', crowd(3, 30));
    const ended = await office.program.call('check', file, '--json');
    expect(ended.code).toBe(0);
    expect(readJson(ended)).toMatchObject({
      rejects: { count: 0, first: [], csv: null },
      invitations: { pairs: 90, people: 30 },
      people: { count: 30, missing: [], dismissed: [] },
    });
    expect(existsSync(join(office.folder, 'data/results'))).toBe(false);
    const named = await office.program.callApart('check', file, '--json', '--rejects', 'none.csv');
    expect(readJson(named).rejects.csv).toBe(join(office.folder, 'none.csv'));
    expect(readResults(join(office.folder, 'none.csv'))).toEqual([]);
  });

  test('shows the groups in trouble first, and no more than twenty', async () => {
    const seed = plainSeed({ users: 5, groups: 40 });
    for (const group of seed.groups.slice(30)) group.visible = false;
    await using office = await openOffice({ seed }, PATIENT);
    const ended = await office.program.call('check', office.file('a.csv', crowd(40, 5)));
    expect(ended.code).toBe(2);
    const names = [...ended.stdout.matchAll(/^ {2}(?:Group )?(\d+).*(see it)?$/gm)];
    expect(names).toHaveLength(20);
    expect(names.slice(0, 10).map(([, id]) => Number(id))).toEqual([
      31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    ]);
    expect(ended.stdout).toContain('\n  and 20 more\n');
  });

  test.each([
    ['socialnetwork', ['sonet_group', 'user'], { members: null, mayInvite: null, name: 'Group 1' }],
    ['user', ['sonet_group', 'socialnetwork'], { members: 1, mayInvite: true }],
  ])('says what it cannot tell without the scope %s', async (scope, scopes, group) => {
    const { seed } = { seed: plainSeed({ users: 5, groups: 1 }) };
    seed.groups[0]?.relations.set(2, relation('K'));
    await using office = await openOffice({ seed, scopes }, PATIENT);
    const file = office.file('a.csv', 'group,user\n1,2\n1,3\n1,999\n');
    const told = readJson(await office.program.call('check', file, '--json'));
    expect(told.notTold).toEqual([scope]);
    expect(told.groups[0]).toMatchObject(group);
    expect(told.people.missing).toHaveLength(scope === 'user' ? 0 : 1);
    const { stdout } = await office.program.call('check', file);
    expect(stdout).toContain(`The webhook lacks the scope ${scope}.`);
  });

  test.each([
    ['a file that is none', {}, 'hello\n1\n', /a\.csv/],
    ['a webhook that may not invite', { scopes: ['user'] }, crowd(1, 1), /scope sonet_group/],
  ])('ends with 1 and a word for %s', async (_, options, content, words) => {
    await using office = await openOffice({ ...SMALL, ...options }, PATIENT);
    const ended = await office.program.call('check', office.file('a.csv', content));
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).not.toContain('this is a bug');
  });

  test('foretells about what a run takes, by what was assumed and then by what was learned', async () => {
    const seed = plainSeed({ users: 60, groups: 24 });
    await using office = await openOffice(
      { seed, inviteSeconds: 0.1, requestLimitSeconds: 20 },
      PATIENT,
    );
    // So long that what a busy machine adds is little beside it.
    const file = office.file('a.csv', crowd(12, 60));
    const first = readJson(await office.program.call('check', file, '--json')).forecast;
    expect(first).toMatchObject({ assumed: true, limit: 'work' });
    await office.program.call('run', file);
    const seconds = lastRunSeconds(office);
    expect(seconds).toBeGreaterThan(first.seconds * 0.8);
    expect(seconds).toBeLessThan(first.seconds * 2);

    const more = office.file('b.csv', crowd(12, 60, 13));
    const second = readJson(await office.program.call('check', more, '--json')).forecast;
    expect(second.assumed).toBe(false);
    expect(second.seconds).toBeCloseTo(first.seconds, 0);
  });
});

/** From the import's start to its last outcome, by the ledger. */
function lastRunSeconds(office: Office): number {
  const ledger = new DatabaseSync(join(office.folder, 'data/ledger.db'), { readOnly: true });
  const row = ledger.prepare('select max(finished_at - started_at) as ms from imports').get();
  ledger.close();
  return Number(row?.ms) / 1_000;
}

describe.concurrent('a check beside others', () => {
  const MANY = { seed: plainSeed({ users: 60, groups: 20 }) };

  test('shares a run’s Redis and its budget, and both end as if alone', async () => {
    await using office = await openOffice({ ...MANY, inviteSeconds: 0.01 }, PATIENT);
    const file = office.file('a.csv', crowd(20, 60));
    const run = office.program.start('run', file, '--json');
    await office.until(({ invitationsSent }) => invitationsSent > 0);
    const told = readJson(await office.program.call('check', file, '--json'));
    expect(told.people.count).toBe(60);
    expect(told.groups).toHaveLength(20);
    expect(summaryOf(await run.ended).outcomes).toMatchObject({ invited: 1_200 });
    const { rateLimitErrors, invitationsSent } = await office.truth();
    expect({ rateLimitErrors, invitationsSent }).toEqual({
      rateLimitErrors: 0,
      invitationsSent: 1_200,
    });
  });

  test('goes on when the run that kept the Redis is gone', async () => {
    // Two budgets would send sixteen at once; four may come late.
    const pace = { burst: 12, requestsPerSecond: 2, inviteSeconds: 0.05, readSeconds: 0.02 };
    const settings = { ...PATIENT, BITRIX24_BURST: '8', BITRIX24_REQUESTS_PER_SECOND: '2' };
    await using office = await openOffice(
      { seed: plainSeed({ users: 30, groups: 900 }), ...pace },
      settings,
    );
    const run = office.program.start('run', office.file('a.csv', crowd(5, 30)));
    await office.until(({ invitationsSent }) => invitationsSent > 0);
    const check = office.program.start('check', office.file('b.csv', crowd(900, 2)), '--json');
    await office.until(({ calls }) => (calls['socialnetwork.api.workgroup.get'] ?? 0) > 0);
    run.child.kill('SIGKILL');
    const ended = await check.ended;
    expect(ended.stderr).toBe('');
    expect(readJson(ended)).toMatchObject({ pairs: 1_800, people: { count: 2 } });
    expect((await office.truth()).rateLimitErrors).toBe(0);
  });

  test('ends when it is asked to, and what a killed one leaves behind is swept away', async () => {
    await using office = await openOffice(
      { ...MANY, readSeconds: 0.1, requestLimitSeconds: 20 },
      PATIENT,
    );
    const file = office.file('a.csv', crowd(20, 60));
    const asked = office.program.start('check', file);
    await office.until(({ calls }) => (calls['user.get'] ?? 0) > 0);
    asked.child.kill('SIGINT');
    expect(await asked.ended).toMatchObject({ code: 130, stdout: '' });
    await expectNoTrace(office);

    const killed = office.program.start('check', file);
    const checks = join(office.folder, 'data/checks');
    await office.until(({ calls }) => (calls['user.get'] ?? 0) > 2);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const [left = ''] = readdirSync(checks);
    expect(left).not.toBe('');
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(checks, left), longAgo, longAgo);
    expect((await office.program.call('check', file)).code).toBe(0);
    await expectNoTrace(office);
  });
});
