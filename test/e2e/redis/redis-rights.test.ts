import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connectRedis } from '../../../src/redis/connection.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { crowd, openHarness, summaryOf } from '../../support/program-harness.ts';
import { startHarnessRedis } from './redis-server.ts';

const PASSWORD = 'hunter2';

/** @returns the rights that docs/operating.md documents for a Redis user */
function documentedRights(): string[] {
  const page = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8');
  const [, rights] = /^ACL SETUSER invites on >PASSWORD (.*)$/m.exec(page) ?? [];
  if (rights === undefined) throw new Error('docs/operating.md has no ACL SETUSER line');
  return rights.split(' ');
}

test('a Redis user needs the documented rights, and an error names the missing ones', async () => {
  await using harness = await openHarness({ seed: plainSeed({ users: 5, groups: 2 }) });
  await using server = await startHarnessRedis(harness.folder);
  const redis = await connectRedis({ kind: 'url', url: server.url });
  const grant = (...rights: string[]) =>
    redis.call('ACL', 'SETUSER', 'invites', 'reset', 'on', `>${PASSWORD}`, ...rights);
  const program = harness.program.with({
    REDIS_URL: server.url.replace('//', `//invites:${PASSWORD}@`),
  });
  const file = harness.file('a.csv', crowd(2, 5));
  const run = () => program.call('run', file, '--json');
  try {
    const rights = documentedRights();
    await grant(...rights.filter((right) => !right.startsWith('&')));
    const refused = await run();
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /^error: The Redis at .* denies its user invites required permissions: &bulk-invite:\*/,
    );
    expect(refused.stderr).toContain('Grant them: ACL SETUSER invites &bulk-invite:*');
    expect(refused.stderr).not.toContain(PASSWORD);
    await grant(...rights);
    expect(summaryOf(await run()).outcomes).toMatchObject({ invited: 10 });
  } finally {
    redis.disconnect();
  }
});
