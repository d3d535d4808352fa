import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import {
  crowd,
  openHarness,
  PRIVATE_REDIS,
  type ProgramHarness,
  summaryOf,
} from '../support/program-harness.ts';

const SEED = { seed: plainSeed({ users: 60, groups: 10 }) };

const dataOf = ({ folder }: ProgramHarness, ...path: string[]) => join(folder, 'data', ...path);
const age = (path: string, hours: number) => {
  const then = new Date(Date.now() - hours * 3_600_000);
  utimesSync(path, then, then);
};

describe.concurrent('purge', () => {
  test('removes ended imports with results and files, reports them, and requires --yes without a terminal', async () => {
    await using harness = await openHarness(SEED);
    const { program } = harness;
    await program.call('run', harness.file('old.csv', crowd(2, 10)));
    await program.call('run', harness.file('new.csv', crowd(2, 20)));
    const sources = readdirSync(dataOf(harness, 'sources'));
    expect(sources).toHaveLength(2);
    for (const name of sources) age(dataOf(harness, 'sources', name), 2);
    const ledger = new DatabaseSync(dataOf(harness, 'ledger.db'));
    ledger.exec('update imports set finished_at = finished_at - 91 * 86400000 where id = 1');
    ledger.close();

    const unconfirmed = await program.call('purge', '--older-than', '90d');
    expect(unconfirmed).toMatchObject({ code: 1, stderr: expect.stringContaining('Add --yes') });
    expect((await program.call('imports')).stdout).toContain('old.csv');

    const done = await program.call('purge', '--older-than', '90d', '--yes');
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toMatch(/^1 import with 20 rows ended before \d{4}-.* UTC\.\n/);
    expect(done.stdout).toContain('Import 1 · old.csv · 20 rows removed with its results\n');
    expect(done.stdout).toMatch(/\n1 stored file with [\d,]+ bytes removed\n$/);
    expect(readdirSync(dataOf(harness, 'sources'))).toHaveLength(1);
    expect(readdirSync(dataOf(harness, 'results'))).toEqual(['new-2.csv']);
    const { stdout } = await program.call('imports');
    expect(stdout).not.toContain('old.csv');
    expect(stdout).toContain('new.csv');
    const again = await program.call('purge', '--older-than', '90d');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No import ended/) });
  });

  test('refuses an invalid age', async () => {
    await using harness = await openHarness(SEED);
    for (const text of ['90', 'd', '-1d', '3 months']) {
      const { code, stderr } = await harness.program.call('purge', `--older-than=${text}`, '--yes');
      expect([code, stderr]).toEqual([1, expect.stringContaining('90d or 12h')]);
    }
  });

  // The command `script`, which opens a terminal, has other options on other systems.
  test.skipIf(process.platform !== 'linux')(
    'prompts on a terminal, and removes nothing after a no',
    async () => {
      await using harness = await openHarness(SEED);
      await harness.program.call('run', harness.file('a.csv', crowd(2, 10)));
      expect(await answer(harness, 'n')).toContain('Nothing was removed.');
      expect((await harness.program.call('imports')).stdout).toContain('a.csv');
      expect(await answer(harness, 'y')).toContain('Import 1 · a.csv · 20 rows removed');
    },
  );
});

/** Purges on a terminal and answers the question. @returns the output of the terminal */
async function answer(harness: ProgramHarness, word: string): Promise<string> {
  const cli = new URL('../../src/cli.ts', import.meta.url).pathname;
  const command = `${process.execPath} ${cli} purge --older-than 0h`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { PATH: process.env.PATH, DATA_DIR: dataOf(harness) },
    cwd: harness.folder,
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    if (!shown.includes('[y/N]') && (shown + text).includes('[y/N]'))
      child.stdin.write(`${word}\n`);
    shown += text;
  });
  await once(child, 'close');
  return shown;
}

describe.concurrent('backup and restore', () => {
  test('a backup during a run is complete, and restoring it replaces a lost ledger', async () => {
    await using harness = await openHarness(SEED, PRIVATE_REDIS);
    const { program } = harness;
    const source = harness.file('a.csv', crowd(10, 20));
    await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
    const run = program.begin('run', source);
    await harness.untilGateIsFull();
    const file = join(harness.folder, 'copy.db');
    const taken = await program.call('backup', file);
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    expect(taken.stdout).toMatch(/copy\.db: 1 import, [\d,]+ bytes\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(harness.folder).filter((name) => name.startsWith('copy'))).toEqual([
      'copy.db',
    ]);
    const twice = await program.call('backup', file);
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('already exists')]);

    const busy = await program.call('restore', file);
    expect([busy.code, busy.stderr]).toEqual([1, expect.stringMatching(/in use by process \d+/)]);
    await harness.removeGate();
    expect((await run.ended).code).toBe(0);

    writeFileSync(dataOf(harness, 'ledger.db'), 'not a ledger any more');
    const restored = await program.call('restore', file);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(restored.stdout).toContain('Restored');
    expect(restored.stdout).toContain('1 import will continue');
    expect(readdirSync(dataOf(harness)).filter((name) => /^ledger/.test(name))).toEqual([
      expect.stringMatching(/^ledger-before-\d{8}T\d{6}Z\.db$/),
      'ledger.db',
    ]);
    // The portal has all invitations by now: no user is invited twice, and the restored import completes.
    await harness.ageRequests();
    const resumed = await program.call('run', source, '--json');
    expect(resumed.code).toBe(0);
    expect(summaryOf(resumed).importId).toBe(1);
    const { notifications } = await harness.truth();
    expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
  });

  test('a ledger that another process has open is not replaced', async () => {
    await using harness = await openHarness(SEED);
    const { program } = harness;
    await program.call('run', harness.file('a.csv', crowd(2, 10)));
    const file = join(harness.folder, 'copy.db');
    await program.call('backup', file);
    const other = new DatabaseSync(dataOf(harness, 'ledger.db'));
    other.prepare('select * from imports').all();
    const refused = await program.call('restore', file);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('A process is using'),
    ]);
    other.close();
    expect((await program.call('restore', file)).code).toBe(0);
    expect((await program.call('status', '1')).stdout).toContain('finished');
  });

  test('a file that is not a ledger, or is a newer one, is refused, and nothing changes', async () => {
    await using harness = await openHarness(SEED, PRIVATE_REDIS);
    const { program } = harness;
    await program.call('run', harness.file('a.csv', crowd(2, 10)));
    const before = readdirSync(dataOf(harness)).toSorted();
    const text = harness.file('text.db', 'group_id,user_id\n'.repeat(500));
    const empty = harness.file('empty.db', '');
    const other = join(harness.folder, 'other.db');
    const foreign = new DatabaseSync(other);
    foreign.exec('create table t (a)');
    foreign.close();
    const newer = join(harness.folder, 'newer.db');
    await program.call('backup', newer);
    const ahead = new DatabaseSync(newer);
    ahead.exec("insert into kysely_migration values ('9999-later', '2030-01-01')");
    ahead.close();
    for (const [file, why] of [
      [text, 'is not a ledger'],
      [empty, 'is empty'],
      [other, 'of another program'],
      [newer, 'newer version'],
      [join(harness.folder, 'nowhere.db'), 'does not exist'],
    ] as const) {
      const { code, stderr } = await program.call('restore', file);
      expect([code, stderr]).toEqual([1, expect.stringContaining(why)]);
    }
    expect(readdirSync(dataOf(harness)).toSorted()).toEqual(before);
    expect(existsSync(dataOf(harness, 'ledger.db'))).toBe(true);
    expect((await program.call('status', '1')).stdout).toContain('finished');
  });
});
