import { describe, expect, test } from 'vitest';
import { LoginThrottle } from '../../../src/server/access/login-throttle.ts';

/** A throttle with a clock that the test sets. */
function attemptsAt(start = 0) {
  const clock = { now: start };
  return { clock, attempts: new LoginThrottle(() => clock.now) };
}

function fail(attempts: LoginThrottle, address: string, times: number): void {
  for (let time = 0; time < times; time++) attempts.fail(address);
}

describe('an address', () => {
  test('may try nine wrong tokens, and waits five minutes after the tenth', () => {
    const { clock, attempts } = attemptsAt();
    fail(attempts, '192.0.2.1', 9);
    expect(attempts.secondsToWait('192.0.2.1')).toBe(0);
    clock.now = 60_000;
    fail(attempts, '192.0.2.1', 1);
    expect(attempts.secondsToWait('192.0.2.1')).toBe(300);
    clock.now = 360_001;
    expect(attempts.secondsToWait('192.0.2.1')).toBe(0);
    fail(attempts, '192.0.2.1', 9);
    expect(attempts.secondsToWait('192.0.2.1')).toBe(0);
  });

  test('does not wait for another address', () => {
    const { attempts } = attemptsAt();
    fail(attempts, '192.0.2.1', 20);
    expect(attempts.secondsToWait('192.0.2.2')).toBe(0);
  });

  test('is dropped when there are very many, to limit memory', () => {
    const { attempts } = attemptsAt();
    fail(attempts, 'first', 10);
    for (let other = 0; other < 10_000; other++) attempts.fail(`other ${other}`);
    expect(attempts.secondsToWait('first')).toBe(0);
  });
});
