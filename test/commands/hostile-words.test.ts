import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../src/commands/command-line.ts';
import { printTo } from '../../src/commands/terminal/terminal.ts';
import { textTable } from '../../src/commands/terminal/text-table.ts';

const HOSTILE = 'ev\u001b[31mil\u202e\u009b2J\u0007.csv';
const HARMLESS = 'ev[31mil2J.csv';

test('a command prints a name without terminal control sequences', async () => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const env = { BITRIX24_WEBHOOK_URL: 'http://127.0.0.1:9/rest/1/code/' };
  expect(await runCommandLine(['check', HOSTILE], { env, stdin, stdout, stderr }, '')).toBe(1);
  stderr.end();
  expect(await text(stderr)).toBe(
    `error: The file ${HARMLESS} does not exist.\n       Check the path.\n`,
  );
});

test('lines and tables have no terminal control sequences', async () => {
  const out = new PassThrough();
  printTo(out)(`${HOSTILE}\nb`);
  out.end();
  expect(await text(out)).toBe(`${HARMLESS}\nb\n`);
  const [, row] = textTable([{ heading: 'FILE', align: 'right' }], [[HOSTILE]]);
  expect(row).toBe(HARMLESS);
});
