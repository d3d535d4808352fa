import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, type SeenEvent } from '../support/events.ts';
import { crowd, range, TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  // Slow enough to be watched for some seconds.
  server = await TestServer.open({
    sandbox: { inviteSeconds: 0.05 },
    settings: { CONCURRENCY: '1' },
  });
});
afterAll(() => server[Symbol.asyncDispose]());

const listen = (path: string, lastEventId?: string) =>
  server.ask(path, lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } });

/** @returns the events up to the one that is wanted */
async function upTo(answer: Response, isLast: (event: SeenEvent) => boolean) {
  const seen: SeenEvent[] = [];
  for await (const event of eventsOf(answer)) {
    seen.push(event);
    if (isLast(event)) return seen;
  }
  throw new Error('the events ended');
}

const isFinished = ({ name, data }: SeenEvent) => name === 'import' && data.state === 'finished';

describe('the events of an import', () => {
  test('show it moving, no more than once a second, to its end', async () => {
    const { id } = await server.take(crowd([2, 4], range(3, 50)));
    const answer = await listen(`/api/imports/${id}/events`);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [events] = await Promise.all([
      upTo(answer, isFinished),
      server.post(`/api/imports/${id}/start`),
    ]);
    expect(events.length).toBeGreaterThan(4);
    expect(events.every(({ name, data }) => name === 'import' && data.id === id)).toBe(true);
    const settled = events.map(({ data }) => 96 - (data.outcomes as { pending: number }).pending);
    expect(settled).toEqual(settled.toSorted((a, b) => a - b));
    expect(new Set(settled).size).toBeGreaterThan(2);
    expect(Math.max(...events.map(({ data }) => data.perMinute as number))).toBeGreaterThan(10);
    // The first is the present; from then on they come one by one. One may be late, the next is not.
    const times = events.slice(1).map(({ at }) => at);
    const tookMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
    expect(tookMs).toBeGreaterThan((times.length - 2) * 1_000);
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(gaps.toSorted((a, b) => a - b)[gaps.length >> 1]).toBeLessThan(2_500);
  });

  test('go on after the last one that was seen, also after a restart', async () => {
    const { id } = await server.take(crowd([2], [3, 5]));
    const path = `/api/imports/${id}/events`;
    const [now] = await upTo(await listen(path), () => true);
    await server.restart();
    // Nothing has changed: the first event comes when something does.
    const answer = await listen(path, now?.id);
    const [[next]] = await Promise.all([
      upTo(answer, () => true),
      server.post(`/api/imports/${id}/start`),
    ]);
    expect(next?.data).not.toEqual(now?.data);
    // Something has changed meanwhile: it is told at once.
    const [missed] = await upTo(await listen(path, now?.id), () => true);
    expect(missed?.data).not.toEqual(now?.data);
  });

  test('end when the server does', async () => {
    const { id } = await server.take(crowd([2], [3]));
    const answer = await listen(`/api/imports/${id}/events`);
    const events = upTo(answer, () => false);
    events.catch(() => {});
    await server.restart();
    await expect(events).rejects.toThrow();
  });
});

describe('all events', () => {
  test('tell of new imports, of those that went, and of the portal', async () => {
    const events = upTo(await listen('/api/events'), ({ name }) => name === 'gone');
    const { id } = await server.take('a,b\n2,3\n', { groupColumn: 'a', userColumn: 'b' });
    const answer = await server.post(`/api/imports/${id}/reread`, {
      groupColumn: 'b',
      userColumn: 'a',
    });
    const made = (await answer.json()) as { id: number };
    const seen = await events;
    expect(seen.at(-1)?.data).toEqual({ id, by: made.id });
    expect(seen.some(({ name, data }) => name === 'import' && data.id === id)).toBe(true);
    expect(seen.find(({ name }) => name === 'portal')?.data).toMatchObject({ hold: null });
    expect(JSON.stringify(seen)).not.toContain('/rest/');
  });

  test('begin with what has changed since the last one that was seen', async () => {
    const [first] = await upTo(await listen('/api/events'), ({ name }) => name === 'portal');
    const { id } = await server.take(crowd([4], [3, 5, 6]));
    await server.post(`/api/imports/${id}/start`);
    await server.until(id, ({ state }) => state === 'finished');
    await server.restart();
    const isIt = (event: SeenEvent) => isFinished(event) && event.data.id === id;
    const seen = await upTo(await listen('/api/events', first?.id), isIt);
    expect(seen.at(-1)?.data.outcomes).toMatchObject({ pending: 0 });
  });

  test.each(['nonsense', '', '1-2', '99999999999999999-abcdefghij'])(
    'take %j for no event of ours',
    async (id) => {
      const [event] = await upTo(await listen('/api/events', id), ({ name }) => name === 'portal');
      expect(event).toBeDefined();
    },
  );
});
