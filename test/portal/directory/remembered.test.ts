import { expect, test } from 'vitest';
import { Remembered } from '../../../src/portal/directory/remembered.ts';

const same = (...keys: string[]) => new Map(keys.map((key) => [key, key]));

function lengths(limit: number) {
  const asked: (readonly string[])[] = [];
  const remembered = new Remembered(limit, async (keys) => {
    asked.push(keys);
    return new Map(keys.map((key) => [key, key.length]));
  });
  return { asked, remembered };
}

test('what is known is not asked for again', async () => {
  const { asked, remembered } = lengths(10);
  expect(await remembered.find(same('a', 'bb'))).toEqual(
    new Map([
      ['a', 1],
      ['bb', 2],
    ]),
  );
  expect(await remembered.find(same('bb', 'ccc'))).toEqual(
    new Map([
      ['bb', 2],
      ['ccc', 3],
    ]),
  );
  expect(await remembered.find(same('ccc'))).toEqual(new Map([['ccc', 3]]));
  expect(asked).toEqual([['a', 'bb'], ['ccc']]);
});

test('several texts may mean one thing, which is asked for once', async () => {
  const { asked, remembered } = lengths(10);
  const keys = new Map([
    ['A', 'a'],
    ['a ', 'a'],
    ['a', 'a'],
  ]);
  expect(await remembered.find(keys)).toEqual(
    new Map([
      ['A', 1],
      ['a ', 1],
      ['a', 1],
    ]),
  );
  expect(asked).toEqual([['a']]);
});

test('the oldest is forgotten, the answers being whole all the same', async () => {
  const { asked, remembered } = lengths(2);
  expect((await remembered.find(same('a', 'b', 'c'))).size).toBe(3);
  await remembered.find(same('b', 'c'));
  await remembered.find(same('a', 'b', 'c'));
  expect(asked).toEqual([['a', 'b', 'c'], ['a']]);
});

test('a failure is not remembered', async () => {
  let fails = true;
  const remembered = new Remembered<number>(2, async (keys) => {
    if (fails) throw new Error('no');
    return new Map(keys.map((key) => [key, 1]));
  });
  await expect(remembered.find(same('a'))).rejects.toThrow('no');
  fails = false;
  expect(await remembered.find(same('a'))).toEqual(new Map([['a', 1]]));
});
