import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../scripts/encode-text.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import {
  openHarness,
  type ProgramHarness,
  readResults,
  summaryOf,
} from '../support/program-harness.ts';

/** @returns groups 1 to 4, the last two with the same name, and users 1 to 30 */
function seed() {
  const plain = plainSeed({ users: 30, groups: 4 });
  const names = ['Отдел продаж', 'Sales | North', 'Twins', 'Twins'];
  const groups = plain.groups.map((group, i) => ({ ...group, name: names[i] ?? group.name }));
  return { ...plain, groups };
}

const person = (id: number) => `person${id}@northwind.example`;

/** @returns the notifications as `group/user`, with a count above 1 */
async function invited({ truth }: ProgramHarness): Promise<string[]> {
  const { notifications } = await truth();
  return notifications
    .map(({ groupId, userId, count }) => `${groupId}/${userId}${count > 1 ? ` ×${count}` : ''}`)
    .toSorted();
}

const run = async ({ program }: ProgramHarness, ...argv: string[]) =>
  summaryOf(await program.call('run', ...argv, '--json'));

const listed = (path: string) =>
  readResults(path).map(
    ({ line, group_id, user_id, outcome, reason }) =>
      `${line} ${group_id} ${user_id} ${outcome} ${reason}`,
  );

const MIXED = [
  'ФИО;Группа;Сотрудник;Сообщение',
  `Анна;Отдел продаж;${person(2)};Привет`,
  `Борис;1|Sales | North;3|${person(4).toUpperCase()};`,
  `Вера;Sales | North;5;`,
  'Глеб;Twins;6;',
  'Дина;отдел продаж;7;',
  'Егор;1;nobody@example.com;"a;b"',
  'Жанна;1;8|x|0;',
  '',
].join('\r\n');

describe.concurrent('a typical CSV file', () => {
  test('can have names of groups, email addresses of users, and several in a cell', async () => {
    await using harness = await openHarness({ seed: seed() });
    const file = harness.file('набор.csv', encodeText(MIXED, 'windows-1251'));
    const ended = await harness.program.call('run', file, '--json');
    const { rows, pairs, outcomes, results } = summaryOf(ended);
    expect(ended.stderr).toContain(
      'Read as windows-1251 (guessed), delimiter: semicolon; group: “Группа”, user: “Сотрудник”, message: “Сообщение”',
    );
    expect(ended.code).toBe(2);
    const borisTwo = person(4).toUpperCase();
    expect(listed(results)).toEqual([
      '2 1 2 invited returned',
      '3 1 3 invited returned',
      '3 1 4 invited returned',
      '3 Sales 3 rejected unknown_group',
      `3 Sales ${borisTwo} rejected unknown_group`,
      '3 North 3 rejected unknown_group',
      `3 North ${borisTwo} rejected unknown_group`,
      '4 2 5 invited returned',
      '5 Twins 6 rejected ambiguous_group',
      '6 отдел продаж 7 rejected unknown_group',
      '7 1 nobody@example.com rejected unknown_email',
      '8 1 8 invited returned',
      '8 1 x rejected bad_user_id',
      '8 1 0 rejected bad_user_id',
    ]);
    expect({ rows, pairs }).toEqual({ rows: 7, pairs: 14 });
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(pairs);
    expect(await invited(harness)).toEqual(['1/2', '1/3', '1/4', '1/8', '2/5']);
    const details = readResults(results).map(({ line, detail }) => `${line} ${detail}`);
    expect(details).toContain(
      '5 2 groups are called “Twins”: 3 “Twins”, 4 “Twins”; write the id instead',
    );
    expect(details).toContain(
      '6 no group that the webhook can see is called “отдел продаж”; similar: 1 “Отдел продаж”',
    );
  });

  test('can be compressed, without a header, or with a first line for Excel', async () => {
    await using harness = await openHarness({ seed: seed() });
    const packed = harness.file('a.csv.gz', gzipSync('1;2\n1;3\n'));
    const marked = harness.file('b.csv', 'sep=|\r\nteam|person\r\n2|4\r\n');
    expect(await run(harness, packed)).toMatchObject({ rows: 2, outcomes: { invited: 2 } });
    expect(
      await run(harness, marked, '--group-column', 'team', '--user-column', '2'),
    ).toMatchObject({ rows: 1, outcomes: { invited: 1 } });
    expect(await invited(harness)).toEqual(['1/2', '1/3', '2/4']);
  });

  test('with email addresses requires the scope user', async () => {
    const scopes = ['sonet_group', 'socialnetwork'];
    await using harness = await openHarness({ seed: seed(), scopes });
    const file = harness.file('a.csv', `group,email\n1,2\n1,${person(3)}\n`);
    const { code, stderr } = await harness.program.call('run', file);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*e-mail/m);
    expect(stderr).toMatch(/scope user/);
    expect(stderr).not.toContain('at ');
    expect(await invited(harness)).toEqual([]);
    expect((await harness.program.call('imports')).stdout).toContain('No imports yet');
    expect(readdirSync(join(harness.folder, 'data', 'sources'))).toEqual([]);
  });

  test('is refused without being stored when it is too large', async () => {
    await using harness = await openHarness({ seed: seed() }, { MAX_UPLOAD_BYTES: '1000' });
    const large = harness.file('a.csv', `group,user\n${'1,2\n'.repeat(300)}`);
    const bomb = harness.file('b.csv.gz', gzipSync(`group,user\n${'1,2\n'.repeat(300)}`));
    for (const file of [large, bomb]) {
      const { code, stderr } = await harness.program.call('run', file);
      expect(code).toBe(1);
      expect(stderr).toMatch(/more than 1000 bytes; nothing was stored/);
      expect(stderr).toContain('MAX_UPLOAD_BYTES');
    }
    expect((await harness.program.call('imports')).stdout).toContain('No imports yet');
    const sources = join(harness.folder, 'data', 'sources');
    expect(existsSync(sources) ? readdirSync(sources) : []).toEqual([]);
  });
});

describe.concurrent('a file that was imported before', () => {
  test('can be fixed in the results and imported again', async () => {
    await using harness = await openHarness({ seed: seed() });
    const csv = 'group,user,message,note\n1,99,=Hi,"a, b"\n1,2,Hello,\nTwins,3,Hey,=1+1\n';
    await run(harness, harness.file('a.csv', csv));
    const { stdout } = await harness.program.call('results', '1', '--outcome', 'rejected');
    const further = /settled_at,user_name,group_name,group,user,message,note$/;
    expect(stdout.split('\r\n')[0]).toMatch(further);
    const failed = await harness.program.call('results', '1', '--outcome', 'failed');
    expect(failed.stdout).toContain(`,'=Hi,"a, b"\r\n`);

    const repaired = join(harness.folder, 'fixed.csv');
    const [, row = ''] = failed.stdout.split('\r\n');
    writeFileSync(repaired, `${stdout.replace('Twins', '4')}${row.replace('1,99', '1,5')}\r\n`);
    expect(await run(harness, repaired)).toMatchObject({ rows: 2, outcomes: { invited: 2 } });
    const { notifications } = await harness.truth();
    const texts = notifications.map(({ groupId, userId, message }) => [groupId, userId, message]);
    expect(texts.toSorted()).toEqual([
      [1, 2, 'Hello'],
      [1, 5, '=Hi'],
      [4, 3, 'Hey'],
    ]);
    const again = await harness.program.call('results', '2', '--reason', 'returned');
    expect(again.stdout.split('\r\n')[0]).toMatch(further);
    expect(again.stdout).toContain(",Hey,'=1+1");
  });

  test('is another import with other columns', async () => {
    await using harness = await openHarness({ seed: seed() });
    const file = harness.file('a.csv', 'group,user,deputy\n1,2,3\n');
    await run(harness, file);
    expect(await run(harness, file, '--user-column', 'deputy')).toMatchObject({ importId: 2 });
    expect(await invited(harness)).toEqual(['1/2', '1/3']);
    expect(readdirSync(join(harness.folder, 'data', 'sources'))).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe('group,user,deputy\n1,2,3\n');
  });
});
