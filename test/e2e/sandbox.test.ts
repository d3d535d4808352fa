import { describe, expect, test } from 'vitest';
import { openHarness, readResults } from '../support/program-harness.ts';

describe.concurrent('sandbox', () => {
  test('prints its webhook URL, answers there, and ends on SIGTERM', async () => {
    await using harness = await openHarness();
    const sandbox = harness.program.start('sandbox');
    const url = await firstLine(sandbox.child.stdout);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/rest\/1\/\w+\/$/);
    const answer = await (await fetch(`${url}scope.json`)).text();
    expect(JSON.parse(answer).result).toContain('sonet_group');

    const { port } = new URL(url);
    const second = await harness.program.call('sandbox', '--port', port);
    expect(second.stderr).toMatch(
      new RegExp(`^error: Port ${port} is in use.\n {7}Choose another`),
    );
    expect(second.code).toBe(1);

    expect(await sandbox.stop()).toEqual({ code: 0, stdout: `${url}\n`, stderr: '' });
  });

  test('refuses an invalid port', async () => {
    await using harness = await openHarness();
    const { code, stderr } = await harness.program.call('sandbox', '--port', '65536');
    expect(stderr).toMatch(/must be a whole number from 0 to 65535/);
    expect(code).toBe(1);
  });
});

describe.concurrent('demo', () => {
  test('runs a sample import, regardless of the settings for a real portal', async () => {
    await using harness = await openHarness({}, { CONCURRENCY: '1', MESSAGE: 'not for the demo' });
    const { code, stdout } = await harness.program.call('demo');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^A sandbox portal is running at http:\S+; no real people are invited\.\n/,
    );
    const counts = [...stdout.matchAll(/^ {2}\w+ +(\d+)/gm)].map(([, count]) => Number(count));
    expect(counts.at(-1)).toBe(380);
    expect(counts.slice(0, -1).reduce((sum, count) => sum + count)).toBe(380);
    const [, results = ''] = /^Results: (.+)$/m.exec(stdout) ?? [];
    expect(readResults(results)).toHaveLength(380);
    expect((await harness.truth()).requests).toBe(0);
    expect((await harness.program.call('imports')).stdout).toBe('No imports yet.\n');
  });
});

/** @returns the first line of a stream, which can arrive in pieces */
async function firstLine(stream: AsyncIterable<unknown> | null): Promise<string> {
  let text = '';
  for await (const piece of stream ?? []) {
    text += String(piece);
    if (text.includes('\n')) break;
  }
  return text.split('\n', 1)[0] ?? '';
}
