import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, type SeenEvent } from '../../support/events.ts';
import { holdableReads } from '../../support/ledger/held-reads.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());

const listen = (path: string, lastEventId?: string) =>
  server.request(
    path,
    lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } },
  );

type Match = (event: SeenEvent) => boolean;

/** @returns the events up to the wanted one */
async function upTo(answer: Response, isLast: Match) {
  const seen: SeenEvent[] = [];
  for await (const event of eventsOf(answer)) {
    seen.push(event);
    if (isLast(event)) return seen;
  }
  throw new Error('the events ended');
}

/** Reads events up to the wanted one and keeps the stream open. @returns the wanted event */
async function next(events: AsyncGenerator<SeenEvent>, isWanted: Match): Promise<SeenEvent> {
  for (;;) {
    const { done, value } = await events.next();
    if (done === true) throw new Error('the events ended');
    if (isWanted(value)) return value;
  }
}

const isFinished: Match = ({ name, data }) => name === 'import' && data.state === 'finished';

const settledOf = ({ data }: SeenEvent): number =>
  (data.pairs as number) - (data.outcomes as { pending: number }).pending;

describe('the events of an import', () => {
  test('show its progress to the end', async () => {
    const { id } = await server.add(crowd([2, 4], range(150, 197)));
    const answer = await listen(`/api/imports/${id}/events`);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const seen: SeenEvent[] = [];
    const events = (async function* () {
      for await (const event of eventsOf(answer)) {
        seen.push(event);
        yield event;
      }
    })();
    await server.setFaults({ kind: 'gate', method: 'sonet_group.user.invite' });
    await server.post(`/api/imports/${id}/start`);
    await server.untilTruth(({ atGate }) => atGate > 1);
    await next(events, ({ data }) => data.state === 'running');
    await server.openGate(1);
    const moving = await next(events, (event) => settledOf(event) > 0);
    expect(moving.data).toMatchObject({ state: 'running', perMinute: expect.any(Number) });
    expect(settledOf(moving)).toBeLessThan(96);
    await server.removeGate();
    await next(events, isFinished);
    expect(seen.every(({ name, data }) => name === 'import' && data.id === id)).toBe(true);
    const settled = seen.map(settledOf);
    expect(settled).toEqual(settled.toSorted((a, b) => a - b));
    expect([settled[0], settled.at(-1)]).toEqual([0, 96]);
  });

  test('continue after the last received one, also after a restart', async () => {
    const { id } = await server.add(crowd([2], [3, 5]));
    const path = `/api/imports/${id}/events`;
    const [now] = await upTo(await listen(path), () => true);
    await server.restart();
    // Nothing has changed: the first event is sent at the next change.
    const answer = await listen(path, now?.id);
    // The new server has polled the import, and sends it to listeners of all events.
    const isIt: Match = ({ name, data }) => name === 'import' && data.id === id;
    await upTo(await listen('/api/events'), isIt);
    await server.post(`/api/imports/${id}/start`);
    const [change] = await upTo(answer, () => true);
    expect(change?.data).toMatchObject({ id, startedAt: expect.any(String) });
    // Something has changed meanwhile: it is sent at once.
    const [missed] = await upTo(await listen(path, now?.id), () => true);
    expect(missed?.data).toMatchObject({ id, startedAt: expect.any(String) });
  });

  test('end when the server stops', async () => {
    const { id } = await server.add(crowd([2], [3]));
    const answer = await listen(`/api/imports/${id}/events`);
    const events = upTo(answer, () => false);
    events.catch(() => {});
    await server.restart();
    await expect(events).rejects.toThrow();
  });

  test.each([
    ['opens them', 'imports'],
    ['has read the first', 'audit'],
  ])('end also when the server stops before it %s', async (_, table) => {
    const { id } = await server.add(crowd([2], [3]));
    const reads = holdableReads(server.app.db);
    await server.restart({}, { db: reads.db });
    const waiting = reads.hold(table);
    const arrived = once(server.http.server, 'request');
    const answer = listen(`/api/imports/${id}/events`);
    await Promise.all([arrived, waiting]);
    const restarted = server.restart();
    reads.release();
    const { status, body } = await answer;
    const text = await new Response(body).text();
    await restarted;
    expect([status, text]).toEqual([200, 'retry: 1000\n\nevent: heartbeat\ndata: {}\n\n']);
  });
});

describe('all events', () => {
  test('report new and removed imports, and the portal', async () => {
    const events = upTo(await listen('/api/events'), ({ name }) => name === 'gone');
    const { id } = await server.uploadAndWait('a,b\n2,3\n', { groupColumn: 'a', userColumn: 'b' });
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

  test('start with the changes since the last received one', async () => {
    const [first] = await upTo(await listen('/api/events'), ({ name }) => name === 'portal');
    const { id } = await server.add(crowd([4], [3, 5, 6]));
    await server.post(`/api/imports/${id}/start`);
    await server.until(id, ({ state }) => state === 'finished');
    await server.restart();
    const isIt: Match = (event) => isFinished(event) && event.data.id === id;
    const seen = await upTo(await listen('/api/events', first?.id), isIt);
    expect(seen.at(-1)?.data.outcomes).toMatchObject({ pending: 0 });
  });

  test.each(['nonsense', '', '1-2', '99999999999999999-abcdefghij'])(
    'ignore %j as the last event',
    async (id) => {
      const [event] = await upTo(await listen('/api/events', id), ({ name }) => name === 'portal');
      expect(event).toBeDefined();
    },
  );
});
