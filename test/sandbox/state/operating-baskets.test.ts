import { expect, test } from 'vitest';
import { OperatingBaskets } from '../../../src/sandbox/state/operating-baskets.ts';

const CLOUD = {
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  operatingFloorSeconds: 0.1,
};
const METHOD = 'sonet_group.user.invite';
/** The start of a basket, in Unix seconds. */
const T = 1_800_000_000;

test('the call that crosses the limit is allowed, the next is not', () => {
  const baskets = new OperatingBaskets(CLOUD);
  baskets.add(METHOD, T, 480);
  expect(baskets.allows(METHOD, T + 1)).toBe(true);
  baskets.add(METHOD, T + 1, 59);
  expect(baskets.used(METHOD, T + 60)).toBe(539);
  expect(baskets.allows(METHOD, T + 60)).toBe(false);
});

test('each basket expires ten minutes after its own first call', () => {
  const baskets = new OperatingBaskets(CLOUD);
  baskets.add(METHOD, T + 20, 100);
  baskets.add(METHOD, T + 50, 100);
  baskets.add(METHOD, T + 70, 300);
  expect(baskets.used(METHOD, T + 619)).toBe(500);
  expect(baskets.allows(METHOD, T + 619)).toBe(false);
  expect(baskets.used(METHOD, T + 620)).toBe(300);
  expect(baskets.allows(METHOD, T + 620)).toBe(true);
  expect(baskets.used(METHOD, T + 670)).toBe(0);
});

test('reports when the oldest basket expires', () => {
  const baskets = new OperatingBaskets(CLOUD);
  expect(baskets.resetsAt(METHOD, T + 5, T + 6)).toBe(T + 605);
  baskets.add(METHOD, T + 20, 1);
  baskets.add(METHOD, T + 70, 1);
  expect(baskets.resetsAt(METHOD, T + 100, T + 101)).toBe(T + 620);
  expect(baskets.resetsAt(METHOD, T + 630, T + 631)).toBe(T + 670);
});

test('ignores calls of a tenth of a second and less', () => {
  const baskets = new OperatingBaskets(CLOUD);
  for (let call = 0; call < 10_000; call += 1) baskets.add(METHOD, T, 0.1);
  expect(baskets.used(METHOD, T)).toBe(0);
  baskets.add(METHOD, T, 0.11);
  expect(baskets.used(METHOD, T)).toBe(0.11);
});

test('counts each method separately', () => {
  const baskets = new OperatingBaskets(CLOUD);
  baskets.add(METHOD, T, 500);
  expect(baskets.allows(METHOD, T)).toBe(false);
  expect(baskets.allows('user.get', T)).toBe(true);
  expect(baskets.all(T)).toEqual({ [METHOD]: 500 });
});

test('a window of another length has ten baskets too', () => {
  const baskets = new OperatingBaskets({ ...CLOUD, operatingWindowSeconds: 10 });
  baskets.add(METHOD, T + 0.5, 1);
  baskets.add(METHOD, T + 0.9, 2);
  baskets.add(METHOD, T + 1, 4);
  expect(baskets.used(METHOD, T + 10.4)).toBe(7);
  expect(baskets.used(METHOD, T + 10.5)).toBe(4);
  expect(baskets.used(METHOD, T + 11)).toBe(0);
});
