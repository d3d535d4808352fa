import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { crowd, openHarness, PRIVATE_REDIS } from '../support/program-harness.ts';
import { startReceiver } from '../support/services/receiver.ts';

/** One command of each kind runs in its own process: the others use the same resources. */
test('each command prints its output and ends with its exit code', async () => {
  const seed = plainSeed({ users: 5, groups: 2 });
  await using harness = await openHarness({ seed }, { ...PRIVATE_REDIS, MAX_ATTEMPTS: '1' });
  await harness.setFaults({ kind: 'refuse', method: 'sonet_group.user.invite' });
  harness.file('a.csv', crowd(2, 5));
  const copy = join(harness.folder, 'copy.db');
  const commands: [how: 'call' | 'callInProcess', argv: string[], code: number, words: RegExp][] = [
    ['callInProcess', ['check', 'a.csv'], 0, /to invite +10 {2}5 people/],
    [
      'callInProcess',
      ['run', 'a.csv', '--out', 'out.csv'],
      2,
      /failed +10[\s\S]*\nResults: out\.csv\n/,
    ],
    ['call', ['imports'], 0, /finished +10 .* a\.csv\n$/],
    ['call', ['status', '1'], 0, /finished/],
    ['call', ['pause', '1'], 1, /error: .* cannot be paused/],
    ['callInProcess', ['retry', '1'], 0, /10 pairs are pending again/],
    ['call', ['pause', '1'], 0, /paused/],
    ['call', ['resume', '1'], 0, /running/],
    ['call', ['cancel', '1'], 0, /cancelled; 10 pairs/],
    ['callInProcess', ['results', '1'], 0, /line,group_id[\s\S]*\n2,1,2,cancelled/],
    ['call', ['backup', copy], 0, /1 import/],
    ['call', ['purge', '--older-than', '0h', '--yes'], 0, /Import 1 .* removed/],
    ['call', ['restore', copy], 0, /Restored/],
    ['callInProcess', ['worker'], 1, /error: There is no Redis to connect to/],
    ['call', ['fly'], 1, /unknown command/],
  ];
  for (const [how, argv, code, words] of commands) {
    const ended = await harness.program[how](...argv);
    expect(ended.stdout + ended.stderr, argv.join(' ')).toMatch(words);
    expect(ended.code, argv.join(' ')).toBe(code);
  }
});

test('a run continues when the readers of its output and the trace collector are gone', async () => {
  const collector = await startReceiver();
  await collector[Symbol.asyncDispose]();
  const seed = plainSeed({ users: 20, groups: 4 });
  await using harness = await openHarness({ seed }, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const run = harness.program.start('run', harness.file('a.csv', crowd(4, 20)));
  run.child.stdout?.destroy();
  run.child.stderr?.destroy();
  expect((await run.ended).code).toBe(0);
  expect((await harness.truth()).invitationsSent).toBe(80);
});
