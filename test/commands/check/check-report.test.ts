import { describe, expect, test } from 'vitest';
import type { Findings } from '../../../src/commands/check/check-findings.ts';
import { forecastLines } from '../../../src/commands/check/check-forecast.ts';
import { groupLines } from '../../../src/commands/check/check-group-table.ts';
import { checkReport } from '../../../src/commands/check/check-report.ts';
import type { Import } from '../../../src/domain/imports/import.ts';
import type { GroupCheck, ImportCheck } from '../../../src/domain/imports/import-check.ts';
import type { GroupId, UserId } from '../../../src/domain/pairs/ids.ts';

const IMPORT: Import = {
  ...{ id: 1, fileName: 'team.csv', fileDigest: '', portal: 'example.bitrix24.com', message: null },
  ...{ state: 'ready', rows: 1_000, rejectedRows: 1, emptyTexts: 0, pairs: 1_000, format: '' },
  ...{
    createdAt: new Date(0),
    startedAt: null,
    finishedAt: null,
    archivedAt: null,
    workedMs: 0,
    problem: null,
    trial: null,
  },
};

const CHECK: ImportCheck = {
  checkedAt: new Date(0),
  notShown: [],
  people: 500,
  invitations: { pairs: 900, people: 450 },
  forecast: {
    ...{ seconds: 75, limit: 'work', requests: 10 },
    ...{ costPerInviteSeconds: 0.0512, assumed: false },
  },
  filteredTexts: 0,
};

const group = (given: Partial<GroupCheck>): GroupCheck => ({
  ...{ id: 7 as GroupId, name: 'Sales', visible: true, mayInvite: true, size: 12 },
  ...{ pairs: 10, members: 2, pending: 1, toInvite: 7, failing: 0 },
  ...{ banned: 0, unseen: 0, collab: false, archived: false },
  ...given,
});

const findings = (given: Partial<Findings> = {}): Findings => ({
  check: CHECK,
  tallies: [
    { outcome: 'pending', reason: null, count: 995 },
    { outcome: 'duplicate', reason: 'of_line_N', count: 4 },
    { outcome: 'rejected', reason: 'missing_user', count: 1 },
  ],
  groups: {
    ...{ count: 1, invisible: 0, notAllowed: 0, unread: 0, unreadPairs: 0 },
    ...{ collabs: 0, archived: 0 },
    ...{ pairs: 995, members: 50, pending: 30, toInvite: 900, failing: 4, unseen: 10 },
  },
  problematic: [group({})],
  missing: { count: 0, first: [] },
  dismissed: { count: 0, first: [] },
  unnotified: { count: 0, first: [] },
  rejects: [],
  ownTexts: 0,
  switchedOffAfter: null,
  ...given,
});

describe('the report of a check', () => {
  test('adds up to the rows', () => {
    const report = checkReport(findings(), IMPORT, null);
    expect(report.split('\n\n')[1]).toBe(
      [
        '  to invite         900  450 people',
        '  already members    50  nothing to do',
        '  already invited    30  invited earlier, or asked to join',
        '  webhook user        1  users cannot invite themselves',
        '  not visible        10  people the webhook cannot see, invited if they exist; see below',
        '  will fail           4  as far as is known; see below',
        '  rejected            1  missing_user 1',
        '  duplicate           4',
        '  ─────────────────────',
        '  rows            1,000',
      ].join('\n'),
    );
  });

  test('shows pairs and rows when a row holds several pairs', () => {
    const report = checkReport(findings(), { ...IMPORT, rows: 400 }, null);
    expect(report).toContain('  pairs           1,000\n  rows              400');
  });

  test('names the first of many people and the number of the others', () => {
    const missing = { count: 30, first: [{ id: 5 as UserId, name: null }] };
    const dismissed = { count: 3, first: [{ id: 6 as UserId, name: 'Ann Lee' }] };
    const report = checkReport(findings({ missing, dismissed }), IMPORT, null);
    expect(report).toContain('The webhook cannot see these people: 30.');
    expect(report).toContain('\n  5 and 29 more\n');
    expect(report).toContain('\n  Ann Lee (6)\n  and 2 more\n');
  });

  test('warns of what may end differently than expected', () => {
    const unnotified = { count: 1, first: [{ id: 8 as UserId, name: 'Ada King' }] };
    const groups = { ...findings().groups, collabs: 2, archived: 3 };
    const check = { ...CHECK, filteredTexts: 4 };
    const found = findings({ unnotified, groups, check, switchedOffAfter: 7 });
    const report = checkReport(found, IMPORT, null);
    expect(report).toContain(
      'Workgroups may be switched off on the portal: import 7 invited no one',
    );
    expect(report).toContain('Extranet users who never logged in: 1.');
    expect(report).toContain('\n  Ada King (8)\n');
    expect(report).toMatch(
      /^Workgroups .*\nCollabs: 2\..*\nArchived groups: 3\..*\nInvitation texts .*: 4\./m,
    );
  });

  test('reports what is not known without a scope', () => {
    const check = { ...CHECK, notShown: ['socialnetwork'] };
    expect(checkReport(findings({ check }), IMPORT, null)).toContain(
      'Not checked: who is in a group, and whether you may invite there. The webhook lacks the scope socialnetwork.',
    );
  });
});

describe('the invitation text', () => {
  const shown = (message: string | null, ownTexts: number) =>
    checkReport(findings({ ownTexts }), { ...IMPORT, message }, null).split('\n\n')[2];

  test.each<[string | null, number, string]>([
    ['Hi #1,\nwelcome', 0, 'Text:\n  Hi #1,\n  welcome'],
    ['Hi', 1, 'Text:\n  Hi\n1 invitation has its own text.'],
    [null, 0, 'Text: not set; the portal uses its own.'],
    [null, 2, 'Text: not set; the portal uses its own.\n2 invitations have their own text.'],
  ])('%j, and %i of their own', (message, ownTexts, text) => {
    expect(shown(message, ownTexts)).toBe(text);
  });
});

test('pairs of groups that could not be read are counted separately', () => {
  const groups = { ...findings().groups, toInvite: 890, unread: 1, unreadPairs: 10 };
  const report = checkReport(findings({ groups }), IMPORT, null);
  expect(report).toContain('  to invite         890');
  expect(report).toContain('  webhook user        1');
  expect(report).toContain('  unknown            10  in groups that could not be read, see below');
});

describe('the table of groups', () => {
  test.each<[string, Partial<GroupCheck>, RegExp]>([
    ['without remarks', {}, /^ {2}Sales \(7\) +12 +10 +2 +1 +7$/],
    [
      'that is not visible',
      { ...{ visible: false, name: null, size: null, members: null, pending: null }, toInvite: 0 },
      /^ {2}7 +– +10 +– +– +0 {2}does not exist, or the webhook cannot see it$/,
    ],
    [
      'that could not be read',
      { ...{ visible: null, name: null, size: null, members: null, pending: null }, toInvite: 0 },
      /^ {2}7 +– +10 +– +– +– {2}could not be read: the portal returned an error$/,
    ],
    ['closed to the caller', { mayInvite: false }, /the webhook may not invite here$/],
    ['with people out of sight', { unseen: 2 }, /people the webhook cannot see: 2$/],
    ['with banned people', { unseen: 1, failing: 2, banned: 2 }, /cannot see: 1, banned: 2$/],
    ['that is a collab', { collab: true }, /collab: invitations stay pending$/],
    ['that is archived', { archived: true }, /archived$/],
    ['that is archived, with no one to invite', { archived: true, toInvite: 0 }, /0$/],
    ['with a long name', { name: 'x'.repeat(99) }, /^ {2}x{39}… \(7\) /],
  ])('shows one %s', (_, given, line) => {
    const problematic = [group(given)];
    const [, shown] = groupLines({ groups: findings().groups, problematic });
    expect(shown).toMatch(line);
  });

  test('shows the number of groups that it leaves out', () => {
    const groups = { ...findings().groups, count: 1_234 };
    expect(groupLines({ groups, problematic: [group({})] }).at(-1)).toBe('  and 1,233 more');
  });
});

describe('the forecast as text', () => {
  const shown = ({ check = CHECK, unseen = 0 }) =>
    forecastLines({ check, groups: { ...findings().groups, unseen } });
  const lines = (given: Partial<ImportCheck['forecast']>) =>
    shown({ check: { ...CHECK, forecast: { ...CHECK.forecast, ...given } } }).join('\n');

  test.each([
    [0.2, 'in about a second.'],
    [9.2, 'in about 10 seconds.'],
    [75, 'in about 1:15.'],
    [4_000, 'in about 1:06:40.'],
  ])('%d seconds', (seconds, words) => {
    expect(lines({ seconds })).toContain(words);
  });

  test('reports whether the cost was measured', () => {
    expect(lines({})).toContain('Recently measured: 0.051 seconds of server time');
    expect(lines({ assumed: true })).toContain('This is a guess');
  });

  test('names the limit that determines the duration', () => {
    const words = (['requests', 'work', 'operating'] as const).map((limit) => lines({ limit }));
    expect(new Set(words).size).toBe(3);
  });

  test('uses the singular, and reports when there are no invitations', () => {
    const one = { ...CHECK, invitations: { pairs: 1, people: 1 } };
    expect(shown({ check: one })[0]).toMatch(/^1 invitation would be sent to 1 person in/);
    const none = { ...CHECK, invitations: { pairs: 0, people: 0 } };
    expect(shown({ check: none })).toEqual(['No one would be invited.']);
    expect(shown({ check: none, unseen: 2 })).toEqual([
      'No one is sure to be invited.',
      'Up to 2 further invitations would be sent to people that the webhook cannot see, if they exist.',
    ]);
    expect(shown({ unseen: 1 })[1]).toMatch(
      /^Up to 1 further invitation would be sent to people that/,
    );
  });
});
