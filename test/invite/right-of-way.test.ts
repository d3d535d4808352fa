import { describe, expect, test } from 'vitest';
import { RightOfWay } from '../../src/invite/right-of-way.ts';

const TOLD = Promise.resolve();
const LONG_MS = 60_000;

describe('who came back', () => {
  test('waits until all who are leaving have left', async () => {
    const way = new RightOfWay();
    const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const events: string[] = [];
    const leave = async (name: string, left: Promise<void>) => {
      await way.first(() => left);
      events.push(name);
    };
    const leaving = [leave('one', one.promise), leave('two', two.promise)];
    const back = way.yield(TOLD, LONG_MS).then(() => events.push('back'));
    one.resolve();
    await leaving[0];
    two.resolve();
    await Promise.all([...leaving, back]);
    expect(events).toEqual(['one', 'two', 'back']);
  });

  test('also lets those go who are told only now that they may', async () => {
    const way = new RightOfWay();
    const events: string[] = [];
    const back = way.yield(TOLD, LONG_MS).then(() => events.push('back'));
    await Promise.resolve();
    const leaving = way.first(async () => events.push('left'));
    await Promise.all([leaving, back]);
    expect(events).toEqual(['left', 'back']);
  });

  test('does not wait for one whose leaving failed', async () => {
    const way = new RightOfWay();
    const failing = way.first(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await way.yield(TOLD, LONG_MS);
  });

  test('does not wait for ever for somebody who hangs', async () => {
    const way = new RightOfWay();
    const gone = new Promise<never>(() => {});
    void way.first(() => gone);
    await way.yield(TOLD, 1);
    await way.yield(gone, 1);
  });

  test('writes it down although nobody could be told', async () => {
    await new RightOfWay().yield(Promise.reject(new Error('no Redis')), LONG_MS);
  });
});
