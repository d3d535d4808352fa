import { expect, test } from 'vitest';
import { CachedLookups } from '../../../src/portal/directory/cached-lookups.ts';

const same = (...keys: string[]) => new Map(keys.map((key) => [key, key]));

function lengths(limit: number) {
  const asked: (readonly string[])[] = [];
  const lookups = new CachedLookups(limit, async (keys) => {
    asked.push(keys);
    return new Map(keys.map((key) => [key, { length: key.length }]));
  });
  return { asked, lookups };
}

test('looks a key up once', async () => {
  const { asked, lookups } = lengths(10);
  expect(await lookups.find(same('a', 'bb'))).toEqual(
    new Map([
      ['a', { length: 1 }],
      ['bb', { length: 2 }],
    ]),
  );
  expect(await lookups.find(same('bb', 'ccc'))).toEqual(
    new Map([
      ['bb', { length: 2 }],
      ['ccc', { length: 3 }],
    ]),
  );
  expect(await lookups.find(same('ccc'))).toEqual(new Map([['ccc', { length: 3 }]]));
  expect(asked).toEqual([['a', 'bb'], ['ccc']]);
});

test('looks up a key of several texts once', async () => {
  const { asked, lookups } = lengths(10);
  const keys = new Map([
    ['A', 'a'],
    ['a ', 'a'],
    ['a', 'a'],
  ]);
  expect(await lookups.find(keys)).toEqual(
    new Map([
      ['A', { length: 1 }],
      ['a ', { length: 1 }],
      ['a', { length: 1 }],
    ]),
  );
  expect(asked).toEqual([['a']]);
});

test('drops the least recently used, and still returns every result', async () => {
  const { asked, lookups } = lengths(2);
  expect((await lookups.find(same('a', 'b', 'c'))).size).toBe(3);
  await lookups.find(same('b', 'c'));
  await lookups.find(same('a', 'b', 'c'));
  expect(asked).toEqual([['a', 'b', 'c'], ['a']]);
});

test('does not cache a failure', async () => {
  let fails = true;
  const lookups = new CachedLookups<{ length: number }>(2, async (keys) => {
    if (fails) throw new Error('no');
    return new Map(keys.map((key) => [key, { length: 1 }]));
  });
  await expect(lookups.find(same('a'))).rejects.toThrow('no');
  fails = false;
  expect(await lookups.find(same('a'))).toEqual(new Map([['a', { length: 1 }]]));
});
