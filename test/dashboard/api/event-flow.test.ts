import { expect, test } from 'vitest';
import { EventFlow } from '../../../src/dashboard/api/event-flow.ts';

type Step = number | 'event' | 'disconnected';

/** Lets seconds pass, checked once a second, between events. @returns whether events are held back */
function after(...steps: Step[]): boolean {
  let now = 1_000;
  const flow = new EventFlow(now);
  let isHeldBack = false;
  for (const step of steps) {
    if (step === 'event') flow.received(now);
    else if (step === 'disconnected') flow.disconnected();
    for (let second = 0; second < Number(step); second += 1) {
      now += 1_000;
      flow.isHeldBack(now);
    }
    isHeldBack = flow.isHeldBack(now);
  }
  return isHeldBack;
}

test.each<[string, boolean, Step[]]>([
  ['a connection that is still new', false, [5]],
  ['a connection without its first event', true, [6]],
  ['a connection whose first event arrived', false, ['event', 12]],
  ['a connection that falls silent', true, ['event', 13]],
  ['heartbeats', false, ['event', 5, 'event', 5, 'event', 5, 'event', 5]],
  ['a first event after a long wait', true, [6, 'event']],
  ['the events of a minute at once', true, [60, 'event', 'event', 'event', 2, 'event']],
  ['events that come through again', false, [60, 'event', 3, 'event']],
  [
    'bursts at the end of each connection',
    true,
    [60, 'event', 'event', 'disconnected', 60, 'event', 'disconnected'],
  ],
])('%s: held back is %s', (_, expected, steps) => {
  expect(after(...steps)).toBe(expected);
});

test('the time that a computer was suspended does not count', () => {
  const flow = new EventFlow(0);
  flow.received(0);
  flow.isHeldBack(1_000);
  expect(flow.isHeldBack(600_000)).toBe(false);
  flow.restart(700_000);
  expect(flow.isHeldBack(701_000)).toBe(false);
});
