import { expect, test } from 'vitest';
import {
  OperatingBaskets,
  type OperatingSize,
} from '../../../src/sandbox/state/operating-baskets.ts';

const CLOUD: OperatingSize = {
  operating: 'baskets',
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  operatingFloorSeconds: 0.1,
  operatingBanSeconds: 300,
};
const METHOD = 'sonet_group.user.invite';
/** The start of a minute, in Unix seconds. */
const T = 1_800_000_000;

function open(size: Partial<OperatingSize> = {}) {
  const baskets = new OperatingBaskets({ ...CLOUD, ...size });
  return {
    baskets,
    /** A request of calls that take this long each. */
    request(at: number, ...seconds: number[]) {
      const use = baskets.begin(at);
      for (const each of seconds) use.add(METHOD, at, each);
      baskets.store(use);
    },
    used: (at: number) => baskets.used(METHOD, baskets.begin(at)),
    allows: (at: number, method = METHOD) => baskets.allows(method, baskets.begin(at), at),
    resetsAt: (at: number) => baskets.resetsAt(METHOD, baskets.begin(at), at, at),
  };
}

test('the call that crosses the limit is allowed, the next is not', () => {
  const { request, used, allows } = open();
  request(T, 480);
  expect(allows(T + 1)).toBe(true);
  request(T + 1, 59);
  expect(used(T + 60)).toBe(539);
  expect(allows(T + 60)).toBe(false);
});

test('baskets stand on the minutes of the clock, and the last ten count', () => {
  const { request, used, allows } = open();
  request(T + 20, 100);
  request(T + 50, 100);
  request(T + 70, 300);
  expect(used(T + 599)).toBe(500);
  expect(allows(T + 599)).toBe(false);
  // The first minute has gone, though its first call is not ten minutes old.
  expect(used(T + 600)).toBe(300);
  expect(allows(T + 600)).toBe(true);
  expect(used(T + 659)).toBe(300);
  expect(used(T + 660)).toBe(0);
});

test('a request belongs to the minute of its start and counts from its end', () => {
  const { baskets, used } = open();
  const long = baskets.begin(T + 59);
  long.add(METHOD, T + 59, 10);
  long.add(METHOD, T + 69, 20);
  expect(baskets.used(METHOD, long)).toBe(30);
  expect(used(T + 61)).toBe(0);
  baskets.store(long);
  expect(used(T + 61)).toBe(30);
  expect(used(T + 600)).toBe(0);
});

test('reports when the storage of the oldest basket ends', () => {
  const { request, resetsAt } = open();
  expect(resetsAt(T + 5)).toBe(T + 605);
  request(T + 20, 1);
  request(T + 70, 1);
  expect(resetsAt(T + 100)).toBe(T + 620);
  expect(resetsAt(T + 630)).toBe(T + 670);
});

test('ignores a method that takes a tenth of a second and less in a request', () => {
  const { request, used } = open();
  for (let sent = 0; sent < 10_000; sent += 1) request(T, 0.05, 0.05);
  expect(used(T)).toBe(0);
  request(T, 0.11);
  expect(used(T)).toBe(0.11);
});

test('counts fifty calls of 50 ms in one request as 2.5 s', () => {
  const { request, used } = open();
  request(T, ...Array<number>(50).fill(0.05));
  expect(used(T)).toBeCloseTo(2.5);
});

test('counts each method separately', () => {
  const { baskets, request, allows } = open();
  request(T, 500);
  expect(allows(T)).toBe(false);
  expect(allows(T, 'user.get')).toBe(true);
  expect(baskets.all(T)).toEqual({ [METHOD]: 500 });
});

test('a window of another length has ten baskets too', () => {
  const { request, used } = open({ operatingWindowSeconds: 10 });
  request(T + 0.5, 1);
  request(T + 0.9, 2);
  request(T + 1, 4);
  expect(used(T + 9.9)).toBe(7);
  expect(used(T + 10)).toBe(4);
  expect(used(T + 11)).toBe(0);
});

test('blocks for 300 s from the first refused call, then starts with an empty window', () => {
  const { request, used, allows, resetsAt } = open({ operating: 'ban' });
  request(T, 481);
  expect(allows(T + 100)).toBe(false);
  expect(resetsAt(T + 200)).toBe(T + 400);
  // A later refused call does not prolong it.
  expect(allows(T + 399)).toBe(false);
  request(T + 399, 30);
  expect(allows(T + 400)).toBe(true);
  expect(used(T + 400)).toBe(0);
});

test('without a limit nothing is refused', () => {
  const { baskets, request, allows } = open({ operatingLimitSeconds: Number.POSITIVE_INFINITY });
  request(T, 10_000);
  expect(allows(T)).toBe(true);
  expect(baskets.isOn).toBe(false);
});
