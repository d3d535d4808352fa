import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, PRIVATE_REDIS, SHORT_TIMEOUT } from '../support/office.ts';

const SETTINGS = { MAX_ATTEMPTS: '1' };

test('each command is a process that prints, and ends by itself with its exit code', async () => {
  const seed = plainSeed({ users: 5, groups: 2 });
  await using office = await openOffice(
    { seed },
    { ...SETTINGS, ...PRIVATE_REDIS, ...SHORT_TIMEOUT },
  );
  await office.setFaults({ kind: 'error_500', method: 'sonet_group.user.invite' });
  const file = office.file('a.csv', crowd(2, 5));
  const copy = join(office.folder, 'copy.db');
  const commands: [argv: string[], code: number, words: RegExp][] = [
    [['check', file], 0, /to invite {2}10 {2}to 5 people/],
    [['run', file], 2, /failed +10/],
    [['imports'], 0, /finished +10 .* a\.csv\n$/],
    [['status', '1'], 0, /finished/],
    [['pause', '1'], 1, /error: .* cannot be paused/],
    [['retry', '1'], 0, /10 pairs are back in line/],
    [['pause', '1'], 0, /paused/],
    [['resume', '1'], 0, /running/],
    [['cancel', '1'], 0, /cancelled; 10 pairs/],
    [['results', '1'], 0, /line,group_id(.|\s)*\n2,1,2,cancelled/],
    [['backup', copy], 0, /1 import/],
    [['purge', '--older-than', '0h', '--yes'], 0, /Import 1 .* removed/],
    [['restore', copy], 0, /Restored/],
    [['worker'], 1, /error: No Redis to work for/],
    [['fly'], 1, /unknown command/],
  ];
  for (const [argv, code, words] of commands) {
    const ended = await office.program.callApart(...argv);
    expect(ended.stdout + ended.stderr, argv.join(' ')).toMatch(words);
    expect(ended.code, argv.join(' ')).toBe(code);
  }
});

test('a run goes on when those who read what it says have gone', async () => {
  const seed = plainSeed({ users: 20, groups: 4 });
  await using office = await openOffice({ seed });
  const run = office.program.start('run', office.file('a.csv', crowd(4, 20)));
  run.child.stdout?.destroy();
  run.child.stderr?.destroy();
  expect((await run.ended).code).toBe(0);
  expect((await office.truth()).invitationsSent).toBe(80);
});
