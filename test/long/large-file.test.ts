import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { openHarness, readResults, summaryOf } from '../support/program-harness.ts';

const ROWS = 400_000;
/** Heap limit in MiB: enough for a file of ten rows, too little for this file as objects. */
const HEAP = 64;

test('memory does not grow with the file or its results', async () => {
  await using harness = await openHarness({ seed: plainSeed({ users: 5, groups: 1 }) });
  const rows = Array.from({ length: ROWS }, (_, at) => `${at + 1},nobody,a remark of row ${at}\n`);
  const file = harness.file('large.csv', `group_id,user_id,remark\n1,2,\n${rows.join('')}`);
  const program = harness.program.with({ NODE_OPTIONS: `--max-old-space-size=${HEAP}` });
  const { outcomes, results } = summaryOf(await program.callInProcess('run', file, '--json'));
  expect(outcomes).toMatchObject({ invited: 1, rejected: ROWS });
  expect(readResults(results)).toHaveLength(ROWS + 1);
});
