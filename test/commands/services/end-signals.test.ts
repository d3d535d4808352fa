import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listenForInterrupt } from '../../../src/commands/run/interruption.ts';
import {
  endAsProcessOne,
  endWithParent,
  isToStay,
} from '../../../src/commands/services/end-signals.ts';

/** A process that records how it is ended. */
class Ended extends EventEmitter {
  ppid = 100;
  readonly ends: unknown[] = [];
  readonly pid: number;
  readonly env: Record<string, string>;

  constructor(pid: number, env: Record<string, string> = {}) {
    super();
    this.pid = pid;
    this.env = env;
  }

  kill(pid: number, signal: string): void {
    this.ends.push([pid, signal]);
  }

  exit(code: number): void {
    this.ends.push(code);
  }
}

describe('a process without its parent', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    ['ends', false, {}, [[200, 'SIGTERM']]],
    ['continues when it was started to outlive its parent', true, {}, []],
    ['ends under npm', true, { npm_lifecycle_event: 'bulk-invite' }, [[200, 'SIGTERM']]],
  ])('%s', (_, staysAlone, env, ends) => {
    const child = new Ended(200, env);
    endWithParent(child, staysAlone);
    vi.advanceTimersByTime(10_000);
    expect(child.ends).toEqual([]);
    child.ppid = 1;
    vi.advanceTimersByTime(10_000);
    expect(child.ends).toEqual(ends);
  });
});

test.each([
  ['by a script', '200 (node) S 100 100 100 0', 'SigIgn:\t0000000000001000\n', false],
  [
    'in the background of a script',
    '200 (node) S 100 100 100 0',
    'SigIgn:\t0000000000001006\n',
    false,
  ],
  ['by nohup', '200 (node) S 100 100 100 0', 'SigIgn:\t0000000000001001\n', true],
  [
    'as a job, by setsid or systemd',
    '200 (node) S 100 200 100 0',
    'SigIgn:\t0000000000001000\n',
    true,
  ],
  ['under a name with a bracket', '200 (a) b) S 100 200 1 0', 'SigIgn:\t0000000000001000\n', true],
  ['on another system', undefined, undefined, true],
])('detects whether a process was started to outlive its parent: %s', (_, stat, status, stays) => {
  expect(isToStay(stat, status)).toBe(stays);
});

describe('process 1', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('ends at %s, unless a command listens', (signal, code) => {
    const one = new Ended(1);
    endAsProcessOne(one);
    const listener = () => {};
    one.on(signal, listener);
    one.emit(signal);
    expect(one.ends).toEqual([]);
    one.off(signal, listener);
    one.emit(signal);
    expect(one.ends).toEqual([code]);
  });

  test('leaves signals of other processes to the system', () => {
    const other = new Ended(2);
    endAsProcessOne(other);
    expect(other.eventNames()).toEqual([]);
  });
});

describe('a second signal', () => {
  test.each([
    ['ends the process at once', false, 5, [130]],
    ['that npm forwards is ignored', true, 5, []],
    ['ends the process under npm after a while', true, 1_000, [130]],
  ])('%s', (_, byNpm, laterMs, exits) => {
    let now = 1_000;
    const codes: number[] = [];
    let asked = 0;
    using interrupt = listenForInterrupt(() => asked++, {
      byNpm,
      now: () => now,
      exit: (code) => codes.push(code),
    });
    process.emit('SIGHUP');
    now += laterMs;
    process.emit('SIGHUP');
    expect(interrupt.signal.aborted).toBe(true);
    expect([asked, codes]).toEqual([1, exits]);
  });
});
