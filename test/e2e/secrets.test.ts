import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import {
  crowd,
  openHarness,
  PRIVATE_REDIS,
  type ProgramHarness,
  SHORT_TIMEOUT,
} from '../support/program-harness.ts';

const CODE = 'Zx81-n0b0dy-may-see-me';
const method = 'sonet_group.user.invite';
const FAULTS: FaultKind[] = [
  'drop_before',
  'html_502',
  'cut_answer',
  'error_500',
  'command_error',
  'auth',
];

/** @returns the files in the harness's folder that contain the code */
function filesWithCode({ folder }: ProgramHarness): string[] {
  const files = globSync(join(folder, '**'), { withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  expect(paths.map((path) => path.slice(folder.length + 1))).toEqual(
    expect.arrayContaining(['data/ledger.db', 'data/redis/redis.log']),
  );
  return paths.filter((path) => readFileSync(path).includes(CODE));
}

test('the webhook’s code is in no output and no file, even with faults and full logging', async () => {
  await using harness = await openHarness(
    { code: CODE },
    { ...PRIVATE_REDIS, ...SHORT_TIMEOUT, LOG_LEVEL: 'trace' },
  );
  const file = harness.file('a.csv', `${crowd(10, 20)}1,999\n`);
  await harness.setFaults(...FAULTS.map((kind) => ({ kind, method, times: 1 })));
  const run = harness.program.begin('run', file);
  await harness.until(({ faults }) => (faults.auth ?? 0) > 0);
  expect(filesWithCode(harness)).toEqual([]);
  await harness.program.call('resume', '1');
  const outputs = [await run.ended];
  expect(outputs[0]?.code).toBe(2);
  expect(outputs[0]?.stderr).toContain('"level":20');
  const { faults } = await harness.truth();
  expect(Object.keys(faults).toSorted()).toEqual(FAULTS.toSorted());

  for (const argv of [['imports'], ['status', '1'], ['results', '1'], ['run', 'nowhere.csv']]) {
    outputs.push(await harness.program.call(...argv));
  }
  await harness.order('webhook', { code: 'another' });
  outputs.push(await harness.program.call('run', file));
  const spaced = harness.program.with({
    BITRIX24_WEBHOOK_URL: `https://a.example/rest/x/${CODE}/`,
  });
  outputs.push(await spaced.call('run', file));
  expect(outputs.slice(-2).map(({ code }) => code)).toEqual([1, 1]);
  for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(CODE);
  expect(filesWithCode(harness)).toEqual([]);
});
