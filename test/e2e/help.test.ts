import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openHarness } from '../support/program-harness.ts';

const COMMANDS = ['run', 'imports', 'status', 'results', 'pause', 'resume', 'cancel', 'retry'];
const OTHERS = ['worker', 'purge', 'backup', 'restore', 'doctor', 'login-link', 'sandbox', 'demo'];
const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

describe.concurrent('without a webhook and a ledger', () => {
  test('--help lists the commands', async () => {
    await using harness = await openHarness({}, { BITRIX24_WEBHOOK_URL: '' });
    const { code, stdout, stderr } = await harness.program.call('--help');
    for (const name of [...COMMANDS, ...OTHERS]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} .*\\S`, 'm'));
    }
    expect(stdout).not.toMatch(/.{81}/);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('run --help lists its options', async () => {
    await using harness = await openHarness({}, { BITRIX24_WEBHOOK_URL: '' });
    const { code, stdout } = await harness.program.call('run', '--help');
    for (const option of ['--message', '--out', '--json']) expect(stdout).toContain(option);
    expect(code).toBe(0);
  });

  test('--version prints the version of the package', async () => {
    await using harness = await openHarness({}, { BITRIX24_WEBHOOK_URL: '' });
    const { code, stdout } = await harness.program.call('--version');
    expect(stdout.trim()).toBe(JSON.parse(manifest).version);
    expect(code).toBe(0);
  });

  test('imports reports that there are no imports', async () => {
    await using harness = await openHarness({}, { BITRIX24_WEBHOOK_URL: '' });
    const { code, stdout } = await harness.program.call('imports');
    expect(stdout).toBe('No imports yet.\n');
    expect(code).toBe(0);
  });
});
