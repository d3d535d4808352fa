import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { haveJoined, showJoined } from '../../../src/redis/embedded/joined-workers.ts';

const MODULE = new URL('../../../src/redis/embedded/joined-workers.ts', import.meta.url);

test('joined workers are detected while one of them lives', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bulk-invite-joined-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  expect(haveJoined(directory)).toBe(false);
  const leave = showJoined(directory);
  expect(haveJoined(directory)).toBe(true);

  const script = `import { showJoined } from ${JSON.stringify(MODULE.href)};
    showJoined(${JSON.stringify(directory)});
    console.log('joined');
    setInterval(() => {}, 1_000);`;
  const other = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  onTestFinished(() => void other.kill('SIGKILL'));
  await once(other.stdout, 'data');
  leave();
  expect(haveJoined(directory)).toBe(true);
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(haveJoined(directory)).toBe(false);
});
