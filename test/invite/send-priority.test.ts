import { expect, test } from 'vitest';
import { SendPriority } from '../../src/invite/send-priority.ts';

const NEVER = new Promise<never>(() => {});

test('the recording waits for requests that reserve and are marked after the slot is free', async () => {
  const priority = new SendPriority();
  const freed = Promise.withResolvers<void>();
  const steps: string[] = [];
  const request = freed.promise.then(async () => {
    await priority.run(async () => steps.push('reserve'));
    await priority.run(async () => steps.push('mark'));
  });
  const recording = priority.afterLeaving(freed.promise).then(() => steps.push('record'));
  freed.resolve();
  await Promise.all([request, recording]);
  expect(steps).toEqual(['reserve', 'mark', 'record']);
});

test('it waits neither for a step that hangs, nor for a slot that is never free', async () => {
  const priority = new SendPriority();
  void priority.run(() => NEVER);
  await priority.afterLeaving(NEVER);
});

test('a step that fails fails only its own request', async () => {
  const priority = new SendPriority();
  const failed = expect(priority.run(() => Promise.reject(new Error('no ledger')))).rejects.toThrow(
    'no ledger',
  );
  await priority.afterLeaving(Promise.reject(new Error('no Redis')));
  await failed;
  expect(await priority.run(async () => 1)).toBe(1);
});
