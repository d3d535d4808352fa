import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KeyedMutex } from '../../../src/ledger/db/keyed-mutex.ts';

test('runs callers of one key in order, also after a failed one', async () => {
  const mutex = new KeyedMutex<string>();
  const events: string[] = [];
  const call = (name: string, fails: boolean) =>
    mutex.run('a', async () => {
      events.push(`${name} begins`);
      await setImmediate();
      events.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const all = await Promise.allSettled([call('1', false), call('2', true), call('3', false)]);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(events).toEqual(['1', '2', '3'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test('does not make callers of different keys wait for each other', async () => {
  const mutex = new KeyedMutex<number>();
  const gate = Promise.withResolvers<void>();
  const first = mutex.run(1, () => gate.promise);
  expect(await mutex.run(2, async () => 'done')).toBe('done');
  gate.resolve();
  await first;
});
