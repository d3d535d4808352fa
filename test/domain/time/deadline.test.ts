import { expect, test } from 'vitest';
import { Deadline } from '../../../src/domain/time/deadline.ts';
import { ManualClock } from '../../support/manual-clock.ts';

test('a deadline is over when its time has passed', () => {
  const clock = new ManualClock();
  const deadline = new Deadline(clock, 5_000);
  clock.pass(4_999);
  expect([deadline.leftMs, deadline.isOver]).toEqual([1, false]);
  clock.pass(1);
  expect([deadline.leftMs, deadline.isOver]).toEqual([0, true]);
  clock.pass(3_600_000);
  expect([deadline.leftMs, deadline.isOver]).toEqual([0, true]);
});

test('a deadline is over after a sleep during which only the wall clock continued', () => {
  const clock = new ManualClock();
  const deadline = new Deadline(clock, 5_000);
  clock.set(clock.now() + 3_600_000);
  expect(deadline.isOver).toBe(true);
});

test('a deadline is over at its time although the wall clock was set back', () => {
  const clock = new ManualClock();
  const deadline = new Deadline(clock, 5_000);
  clock.set(clock.now() - 3_600_000);
  expect(deadline.leftMs).toBe(5_000);
  clock.pass(5_000);
  expect(deadline.isOver).toBe(true);
});
