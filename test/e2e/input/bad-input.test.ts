import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import type { Ended } from '../../support/program.ts';
import { openHarness, PRIVATE_REDIS, type ProgramHarness } from '../../support/program-harness.ts';

const GOOD = 'group_id,user_id\n1,2\n';
const seed = plainSeed({ users: 2, groups: 1 });

/** Expects one message with an error and a remedy, no stack trace, and exit code 1. */
function expectProblem({ code, stdout, stderr: printed }: Ended, what: RegExp): void {
  // A portal that can be used is described before the file is read.
  const stderr = printed.replace(/^Portal .+\n/, '');
  expect(stderr).toMatch(what);
  expect(stderr).toMatch(/^error: .+\n {7}\S.+\n$/s);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(code).toBe(1);
}

async function expectNothingDone(harness: ProgramHarness): Promise<void> {
  expect((await harness.program.call('imports')).stdout).toBe('No imports yet.\n');
  expect((await harness.truth()).invitationsSent).toBe(0);
}

describe.concurrent('an unusable file', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['without the user column', 'group_id,name\n1,Ann\n', /a\.csv, line 1.*user/s],
    ['binary', new Uint8Array(4_000).map((_, index) => index * 7), /a\.csv/],
  ])('is refused: %s', async (_, content, what) => {
    await using harness = await openHarness({ seed });
    expectProblem(await harness.program.call('run', harness.file('a.csv', content)), what);
    await expectNothingDone(harness);
  });

  test('is refused: missing, or a folder', async () => {
    await using harness = await openHarness({ seed });
    const nowhere = join(harness.folder, 'nowhere.csv');
    expectProblem(await harness.program.call('run', nowhere), /nowhere\.csv does not exist/);
    const folder = join(harness.folder, 'folder');
    mkdirSync(folder);
    expectProblem(await harness.program.call('run', folder), /folder is not a file/);
    await expectNothingDone(harness);
  });
});

describe.concurrent('an unusable setting', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['no webhook', { BITRIX24_WEBHOOK_URL: '' }, /BITRIX24_WEBHOOK_URL is not set/],
    [
      'no portal',
      { BITRIX24_WEBHOOK_URL: 'http://127.0.0.1:65530/rest/1/x/' },
      /cannot be reached/,
    ],
    ['a Redis that refuses', { REDIS_URL: 'redis://127.0.0.1:9' }, /127\.0\.0\.1:9.*ECONNREFUSED/],
    ['a number', { CONCURRENCY: 'many' }, /CONCURRENCY must be a whole number/],
    ['a folder below a file', { DATA_DIR: '/dev/null/data' }, /\/dev\/null/],
  ])('is reported: %s', async (_, settings, what) => {
    await using harness = await openHarness({ seed }, settings);
    expectProblem(await harness.program.call('run', harness.file('a.csv', GOOD)), what);
    expect((await harness.truth()).invitationsSent).toBe(0);
  });
});

describe.concurrent('an unusable portal', () => {
  test('is reported: the webhook is revoked', async () => {
    await using harness = await openHarness({ seed });
    await harness.order('webhook', { code: 'another' });
    const ended = await harness.program.call('run', harness.file('a.csv', GOOD));
    expectProblem(ended, /refuses the webhook \(INVALID_CREDENTIALS/);
    await expectNothingDone(harness);
  });

  test('is reported: the webhook may not invite', async () => {
    await using harness = await openHarness({ seed, scopes: ['user'] });
    expectProblem(await harness.program.call('run', harness.file('a.csv', GOOD)), /sonet_group/);
    await expectNothingDone(harness);
  });

  test('is reported: it is not Bitrix24', async () => {
    const server = createServer((_, response) => response.end('<html>Hello</html>')).listen(0);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const webhook = `http://127.0.0.1:${port}/rest/1/x/`;
    await using harness = await openHarness({ seed }, { BITRIX24_WEBHOOK_URL: webhook });
    const ended = await harness.program.call('run', harness.file('a.csv', GOOD));
    expectProblem(ended, /does not answer like Bitrix24/);
    server.closeAllConnections();
    server.close();
  });
});

describe.concurrent('an unusable data folder', () => {
  test('is reported: another process uses it', async () => {
    await using harness = await openHarness({ seed }, PRIVATE_REDIS);
    await harness.setFaults({ kind: 'gate', method: 'sonet_group.user.invite' });
    const first = harness.program.begin('run', harness.file('a.csv', GOOD));
    await harness.until(({ atGate }) => atGate === 1);
    const second = await harness.program.call('run', harness.file('b.csv', GOOD));
    expectProblem(second, new RegExp(`in use by process ${process.pid}`));
    await harness.removeGate();
    expect((await first.ended).code).toBe(0);
  });
});

describe.concurrent('an invalid command is refused', () => {
  test.each([
    [['fly'], /unknown command 'fly'/],
    [['run'], /missing required argument/],
    [['run', 'a.csv', '--fast'], /unknown option '--fast'/],
    [['results', '1', '--outcome', 'good'], /must be one of invited/],
    [['status', '7'], /no ledger|no import 7/],
  ])('%j', async (argv, what) => {
    await using harness = await openHarness({ seed });
    const { code, stderr } = await harness.program.call(...argv);
    expect(stderr).toMatch(what);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});
