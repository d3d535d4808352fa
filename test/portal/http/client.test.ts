import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Deadline } from '../../../src/domain/time/deadline.ts';
import type { BucketLimits } from '../../../src/portal/budget/budget-limits.ts';
import type { ClientOptions, SendOptions } from '../../../src/portal/http/client-options.ts';
import { INVITE } from '../../../src/portal/methods/invite.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { deadOrigin, json, type Respond, startOddServer } from '../faulty-server.ts';
import { openBudget, openClient, takeFreePlaces } from '../open-client.ts';

const CODE = 's3cr3tC0de';
const ONCE: SendOptions = { repeat: 'unless_executed' };
const READ: SendOptions = { repeat: 'always' };

/** A bucket of nine places that does not leak while a test runs. */
const NINE_PLACES: BucketLimits = { requestsPerSecond: 0.001, burst: 10 };

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

/** A client of a sandbox, with one group 5 that can be invited to. */
async function openSandbox(limits?: BucketLimits) {
  const portal = await openPortal({ seed: smallSeed() });
  const budget = openBudget(server.redis, limits);
  return { ...portal, budget, client: openClient(portal.sandbox.webhookUrl, budget) };
}

/** A client of a server that answers with `respond`. */
async function openOdd(respond: Respond, options: Partial<ClientOptions> = {}) {
  const { origin, received } = await startOddServer(respond);
  const budget = openBudget(server.redis);
  return { origin, received, client: openClient(`${origin}/rest/1/${CODE}/`, budget, options) };
}

describe('a request', () => {
  test('is a POST of JSON to the method, under our name and version', async () => {
    const { client, received } = await openOdd((response) => json(response, 200, { result: 1 }));
    const parameters = { GROUP_ID: 5, USER_ID: [7, 8], MESSAGE: 'Привет & "hi" 🎉' };
    expect(await client.send(INVITE, parameters, ONCE)).toEqual({ ok: true, result: 1 });
    expect(received).toMatchObject([
      {
        method: 'POST',
        url: `/rest/1/${CODE}/sonet_group.user.invite.json`,
        headers: { 'content-type': 'application/json', 'user-agent': 'bulk-invite/9.8.7' },
      },
    ]);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual(parameters);
  });

  test.each([
    [200, { result: [1] }, { ok: true, result: [1] }],
    [200, { result: null, time: {} }, { ok: true, result: null }],
    [200, { result: [], next: 50 }, { ok: true, result: [] }],
    [400, { error: '', error_description: 'No' }, reported('refused', '', 'No')],
    [200, { error: '', error_description: 'No' }, reported('refused', '', 'No')],
    [400, { error: 'X', result: [] }, reported('refused', 'X', '')],
    [
      403,
      { error: 'NO_AUTH_FOUND', error_description: 'W' },
      reported('held', 'NO_AUTH_FOUND', 'W'),
    ],
    [400, { error: 'expired_token' }, reported('held', 'expired_token', '')],
    [500, { error: 'INTERNAL_SERVER_ERROR' }, reported('unanswered', 'INTERNAL_SERVER_ERROR', '')],
    [
      429,
      { error: 'OPERATION_TIME_LIMIT' },
      reported('operating_limited', 'OPERATION_TIME_LIMIT', ''),
    ],
    [200, {}, { ok: false, failure: { kind: 'unanswered', code: 'HTTP_200' } }],
    [200, [], { ok: false, failure: { kind: 'unanswered', code: 'HTTP_200' } }],
    [200, 'done', { ok: false, failure: { kind: 'unanswered', code: 'HTTP_200' } }],
    [500, null, { ok: false, failure: { kind: 'unanswered', code: 'HTTP_500' } }],
  ])('answered %i %j is judged by the body', async (status, body, expected) => {
    const { client, received } = await openOdd((response) => json(response, status, body));
    expect(await client.send('scope', {}, ONCE)).toMatchObject(expected);
    expect(received).toHaveLength(1);
  });

  test.each([
    [200, '<html>maintenance</html>'],
    [404, '<html>404 Not Found</html>'],
    [502, '<html>502 Bad Gateway</html>'],
    [503, ''],
    [504, '<html>504 Gateway Time-out</html>'],
    [200, '{"result":'],
  ])('answered %i with %j is unanswered', async (status, page) => {
    const { client, received } = await openOdd((response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' });
      response.end(page);
    });
    const answer = await client.send(INVITE, {}, ONCE);
    const description = `HTTP ${status} without a readable result`;
    expect(answer).toEqual(reported('unanswered', `HTTP_${status}`, description));
    expect(received).toHaveLength(1);
  });

  // Node.js reports a connection that switches protocols only to a listener.
  test.each([
    ['HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', 'HTTP_101'],
    ['HTTP/1.1 101 Switching Protocols\r\n\r\n', 'HTTP_101'],
    ['HTTP/1.1 100 Continue\r\n\r\n', 'ECONNRESET'],
    ['HTTP/1.1 204 No Content\r\n\r\n', 'HTTP_204'],
    ['HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n', 'Z_BUF_ERROR'],
    ['HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n', 'HTTP_417'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"result":', 'ECONNRESET'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{', 'ECONNRESET'],
    ['', 'ECONNRESET'],
  ])('answered %j on the wire is unanswered: %s', async (words, code) => {
    const { client } = await openOdd(({ socket }) => socket?.end(words));
    const answer = await client.send(INVITE, {}, ONCE);
    expect(answer).toMatchObject(reported('unanswered', code, expect.any(String)));
  });

  test('with an informational response before the answer is answered', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n';
    const words = 'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"result":7}';
    const { client } = await openOdd(({ socket }) => socket?.end(hints + words));
    expect(await client.send(INVITE, {}, ONCE)).toEqual({ ok: true, result: 7 });
  });

  test('that takes too long is unanswered', async () => {
    const { client, received } = await openOdd(() => {}, { timeoutMs: 150 });
    const answer = await client.send(INVITE, {}, ONCE);
    expect(answer).toMatchObject(reported('unanswered', 'TIMEOUT', expect.any(String)));
    expect(received.length).toBeLessThanOrEqual(1);
  });
});

function reported(kind: string, code: string, description: string) {
  return { ok: false, failure: { kind, code, description } };
}

describe('a redirect', () => {
  test.each([
    [301, 'https://moved.example/rest/1/x/', 'moved.example'],
    [302, '/login/', 'another of its pages'],
    [307, undefined, 'another of its pages'],
    [307, 'https://[', 'elsewhere'],
    [308, 'https://moved.example:8443/', 'moved.example:8443'],
  ])('with %i to %s holds the portal and is not followed', async (status, location, where) => {
    const { client, received } = await openOdd((response) => {
      response.writeHead(status, location === undefined ? {} : { location });
      response.end('{"result":1}');
    });
    const answer = await client.send(INVITE, {}, READ);
    expect(answer).toEqual(reported('held', 'REDIRECT', `the portal redirects to ${where}`));
    expect(received).toHaveLength(1);
  });

  test('of a renamed portal names the new host, without the code', async () => {
    const { client, control, truth } = await openSandbox();
    await control('faults', [{ kind: 'moved' }]);
    const answer = await client.send(INVITE, { GROUP_ID: 5, USER_ID: [2] }, READ);
    expect(answer).toEqual(reported('held', 'REDIRECT', 'the portal redirects to renamed.example'));
    expect(await truth()).toMatchObject({ requests: 1, invitationsSent: 0 });
  });

  test('gets neither the code nor the people, even to the same host', async () => {
    const { client, received } = await openOdd((response, { url, headers }) => {
      response.writeHead(307, { location: `http://${headers.host}/other${url}` });
      response.end();
    });
    await client.send(INVITE, { USER_ID: [7] }, ONCE);
    expect(received.map(({ url }) => url)).toEqual([`/rest/1/${CODE}/${INVITE}.json`]);
  });
});

describe('the client repeats', () => {
  const invitation = { GROUP_ID: 5, USER_ID: [2] };

  test('a rate-limited invitation, which was not executed', async () => {
    const { client, control, truth } = await openSandbox();
    await control('faults', [{ kind: 'rate_limit', times: 1 }]);
    expect(await client.send(INVITE, invitation, ONCE)).toMatchObject({ ok: true, result: [2] });
    expect(await truth()).toMatchObject({ requests: 2, rateLimitErrors: 1, invitationsSent: 1 });
  });

  /** @returns the result of a request that a fault strikes once, and the number of requests for it */
  async function struck(kind: string, method: string, options: SendOptions) {
    const { client, control, truth } = await openSandbox();
    await control('faults', [{ kind, times: 1 }]);
    const answer = await client.send(method, invitation, options);
    const { requests } = await truth();
    return { kind, came: answer.ok ? 'result' : answer.failure.kind, requests };
  }

  const WITHOUT_ANSWER = [
    'drop_before',
    'drop_after',
    'cut_answer',
    'html_502',
    'html_503',
    'html_504',
    'error_500',
    'error_500_after',
  ];

  test('a read that got no answer', async () => {
    const pairResults = WITHOUT_ANSWER.map((kind) => struck(kind, 'scope', READ));
    expect(await Promise.all(pairResults)).toEqual(
      WITHOUT_ANSWER.map((kind) => ({ kind, came: 'result', requests: 2 })),
    );
  });

  test('no invitation without an answer, which may have been executed', async () => {
    const pairResults = WITHOUT_ANSWER.map((kind) => struck(kind, INVITE, ONCE));
    expect(await Promise.all(pairResults)).toEqual(
      WITHOUT_ANSWER.map((kind) => ({ kind, came: 'unanswered', requests: 1 })),
    );
  });

  test.each([
    ['auth', 'held'],
    ['overload', 'held'],
    ['operating_limit', 'operating_limited'],
  ])('nothing that a person or time has to fix: %s', async (kind, came) => {
    expect(await struck(kind, INVITE, READ)).toEqual({ kind, came, requests: 1 });
  });

  test('nothing that the method refused', async () => {
    const { client, truth } = await openSandbox();
    const answer = await client.send(INVITE, { GROUP_ID: 999, USER_ID: [2] }, READ);
    expect(answer).toEqual(reported('refused', '', 'Socialnetwork group not found'));
    expect((await truth()).requests).toBe(1);
  });

  test('at most three times, each with a place in the budget', async () => {
    const dead = openBudget(server.redis, NINE_PLACES);
    const broken = openBudget(server.redis, NINE_PLACES);
    const { client: reader, received } = await openOdd((response) => response.destroy(), {
      budget: broken,
    });
    const inviter = openClient(`${await deadOrigin()}/rest/1/${CODE}/`, dead);
    const [unsent, unread] = await Promise.all([
      inviter.send(INVITE, invitation, ONCE),
      reader.send('scope', {}, READ),
    ]);
    expect(unsent).toMatchObject({
      ok: false,
      failure: { kind: 'not_sent', code: 'ECONNREFUSED' },
    });
    expect(unread).toMatchObject({ ok: false, failure: { kind: 'unanswered' } });
    expect(inspect([unsent, unread], { depth: 9 })).not.toContain(CODE);
    expect(received).toHaveLength(4);
    expect(await takeFreePlaces(dead)).toBe(5);
    expect(await takeFreePlaces(broken)).toBe(5);
  });
});

test('every try starts within the timeout of the first', async () => {
  const clock = new ManualClock();
  const { client, received } = await openOdd(
    (response) => {
      clock.pass(300);
      response.destroy();
    },
    { timeoutMs: 650, clock },
  );
  const answer = await client.send('scope', {}, READ);
  expect(answer).toMatchObject({ ok: false, failure: { kind: 'unanswered' } });
  // They start after 0, 300 and 600 ms.
  expect(received).toHaveLength(3);
  expect(client.overAfterMs).toBe(1_300);
});

describe('the budget', () => {
  test('loses a place to each request', async () => {
    const { client, budget } = await openSandbox(NINE_PLACES);
    await client.send('scope', {}, ONCE);
    await client.send('scope', {}, READ);
    expect(await takeFreePlaces(budget)).toBe(7);
  });

  test('loses no place to a request with a reserved one', async () => {
    const { client, budget } = await openSandbox(NINE_PLACES);
    await client.send('scope', {}, { ...ONCE, reserved: true });
    expect(await takeFreePlaces(budget)).toBe(9);
  });

  test('loses one place to the retry of a request with a reserved one', async () => {
    const { client, budget, control } = await openSandbox(NINE_PLACES);
    await control('faults', [{ kind: 'html_502', times: 1 }]);
    const answer = await client.send('scope', {}, { ...READ, reserved: true });
    expect(answer.ok).toBe(true);
    expect(await takeFreePlaces(budget)).toBe(8);
  });

  test('makes a request wait for its place', async () => {
    const { client, budget } = await openSandbox({ requestsPerSecond: 5, burst: 2 });
    const startedAt = performance.now();
    await budget.take(0);
    expect(await client.send('scope', {}, ONCE)).toMatchObject({ ok: true });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(198);
  });

  test('is drained when the portal reports a full bucket', async () => {
    // So large that the polling does not empty it.
    const { client, budget, control } = await openSandbox({ ...NINE_PLACES, burst: 1_000_000 });
    await control('faults', [{ kind: 'rate_limit' }]);
    const abort = new AbortController();
    const answer = client.send('scope', {}, { ...ONCE, signal: abort.signal });
    await expect.poll(async () => (await budget.take(0)).taken).toBe(false);
    abort.abort();
    expect((await answer).ok).toBe(false);
    expect(await takeFreePlaces(budget)).toBe(0);
  });

  // The next place comes in ten seconds: by then another request may hold the same pairs.
  test('sends no retry after the request is over', async () => {
    const { client, control, truth } = await openSandbox({ requestsPerSecond: 0.1, burst: 5 });
    await control('faults', [{ kind: 'rate_limit' }]);
    const answer = await client.send(INVITE, {}, { ...ONCE, reserved: true });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'rate_limited' } });
    expect((await truth()).requests).toBe(1);
  });
});

/** Commands that make a Redis refuse and accept writes, and its error in between. */
interface Refusing {
  begin: readonly [string, ...string[]];
  end: readonly [string, ...string[]];
  says: RegExp;
}

describe('a Redis that refuses writes', () => {
  const FULL: Refusing = {
    begin: ['CONFIG', 'SET', 'maxmemory', '1'],
    end: ['CONFIG', 'SET', 'maxmemory', '0'],
    says: /OOM/,
  };
  const REPLICA: Refusing = {
    begin: ['REPLICAOF', '127.0.0.1', '1'],
    end: ['REPLICAOF', 'NO', 'ONE'],
    says: /READONLY/,
  };

  /** @returns the result of a request when Redis refuses writes from before its answer */
  async function sendUncounted(
    { begin, end }: Refusing,
    options: SendOptions,
    respond: Respond = () => {},
  ) {
    const reported: unknown[] = [];
    const { origin } = await startOddServer(async (response, request) => {
      await server.redis.call(...begin);
      respond(response, request);
    });
    const budget = openBudget(server.redis);
    const reportError = (error: unknown) => void reported.push(error);
    const client = openClient(`${origin}/rest/1/${CODE}/`, budget, { reportError });
    try {
      return { answer: await client.send(INVITE, {}, options), reported };
    } finally {
      await server.redis.call(...end);
    }
  }

  const saying = (says: RegExp) => [
    expect.objectContaining({ message: expect.stringMatching(says) }),
  ];

  test.each([FULL, REPLICA])('loses no answer, and is reported: $says', async (refusing) => {
    const limited: Respond = (response) => json(response, 503, { error: 'QUERY_LIMIT_EXCEEDED' });
    const { answer, reported } = await sendUncounted(refusing, ONCE, limited);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'rate_limited' } });
    expect(reported).toEqual(saying(refusing.says));
  });

  test('loses no result of a request with a slot', async () => {
    const result: Respond = (response) => json(response, 200, { result: 7 });
    const { answer, reported } = await sendUncounted(REPLICA, { ...ONCE, withSlot: true }, result);
    expect(answer).toEqual({ ok: true, result: 7 });
    expect(reported).toEqual(saying(REPLICA.says));
  });

  test('keeps the failure of an unsent request, and throws before any answer', async () => {
    const reported: unknown[] = [];
    const reportError = (error: unknown) => void reported.push(error);
    const budget = openBudget(server.redis);
    const client = openClient(`${await deadOrigin()}/rest/1/${CODE}/`, budget, { reportError });
    await server.redis.call(...FULL.begin);
    try {
      const answer = await client.send(INVITE, {}, { ...ONCE, reserved: true });
      expect(answer).toMatchObject({ ok: false, failure: { kind: 'not_sent' } });
      expect(reported).toEqual(saying(FULL.says));
      await expect(client.send(INVITE, {}, ONCE)).rejects.toThrow(FULL.says);
    } finally {
      await server.redis.call(...FULL.end);
    }
  });
});

test('a read that waited long for its place is repeated like any other', async () => {
  const clock = new ManualClock();
  let answers = 0;
  const { client } = await openOdd(
    (response) => {
      answers += 1;
      if (answers === 1) response.destroy();
      else json(response, 200, { result: 'read' });
    },
    { clock },
  );
  const answer = client.send('scope', {}, READ);
  // It waits for its place for longer than repeats may take in all.
  clock.pass(60_000);
  expect(await answer).toEqual({ ok: true, result: 'read' });
});

describe('with an aborted signal', () => {
  test('a request that waits for its place is not sent', async () => {
    const { client, budget, truth } = await openSandbox(NINE_PLACES);
    await budget.fillBucket();
    const abort = new AbortController();
    const answer = client.send(INVITE, {}, { ...ONCE, signal: abort.signal });
    abort.abort();
    expect(await answer).toMatchObject(reported('withheld', 'INTERRUPTED', expect.any(String)));
    expect((await truth()).requests).toBe(0);
  });

  test.each([
    ['an invitation', ONCE],
    ['a read', READ],
  ])('%s in flight is given up and not repeated', async (_, options) => {
    const abort = new AbortController();
    const closed: Promise<unknown>[] = [];
    const { client, received } = await openOdd((response: ServerResponse) => {
      closed.push(once(response, 'close'));
      abort.abort();
    });
    const answer = await client.send(INVITE, {}, { ...options, signal: abort.signal });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'abandoned' } });
    await Promise.all(closed);
    expect(received).toHaveLength(1);
  });

  // If it counted as possibly executed, its pairs would wait for more than a minute.
  test.each([
    ['with', true],
    ['without', false],
  ])('a new request %s a place is not sent', async (_, reserved) => {
    const { client, truth } = await openSandbox();
    const signal = AbortSignal.abort();
    const answer = await client.send(INVITE, {}, { ...ONCE, reserved, signal });
    expect((await truth()).requests).toBe(0);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'withheld' } });
  });
});

describe('a request with a time to leave by', () => {
  const leaveBy = (ms: number) => new Deadline(new ManualClock(), ms);

  test.each([true, false])('is not sent after it, with its place taken: %s', async (reserved) => {
    const { client, truth } = await openSandbox();
    const answer = await client.send(INVITE, {}, { ...ONCE, reserved, leaveBy: leaveBy(0) });
    expect(answer).toMatchObject(reported('withheld', 'TOO_LATE', expect.any(String)));
    expect((await truth()).requests).toBe(0);
  });

  test('takes no later place in the budget', async () => {
    const { client, budget, truth } = await openSandbox(NINE_PLACES);
    await budget.fillBucket();
    const answer = await client.send(INVITE, {}, { ...ONCE, leaveBy: leaveBy(5_000) });
    expect(answer).toMatchObject(reported('withheld', 'TOO_LATE', expect.any(String)));
    expect((await truth()).requests).toBe(0);
  });

  test('is repeated until then only', async () => {
    const clock = new ManualClock();
    const { client, received } = await openOdd((response) => {
      clock.pass(5_000);
      json(response, 503, { error: 'QUERY_LIMIT_EXCEEDED' });
    });
    const options = { ...ONCE, leaveBy: new Deadline(clock, 5_000) };
    const answer = await client.send(INVITE, {}, options);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'rate_limited' } });
    expect(received).toHaveLength(1);
  });
});

describe('no failure contains the code', () => {
  const html = (response: ServerResponse, text: string) => {
    response.writeHead(502, text, { 'Content-Type': 'text/html' });
    response.end(`<html>${text}</html>`);
  };

  test.each<[string, Respond]>([
    [
      'when the portal repeats the address in its error text',
      (response, { url }) =>
        json(response, 404, { error: 'X', error_description: `No ${url}, no ${url}` }),
    ],
    [
      'when the error text is not a string',
      (response, { url }) => json(response, 404, { error: 'X', error_description: [url] }),
    ],
    [
      'when a gateway shows the address',
      (response, { url }) => html(response, `Bad ${CODE} ${url}`),
    ],
    [
      'when a redirect contains it',
      (response, { url }) => {
        response.writeHead(302, { location: `https://${CODE}:${CODE}@moved.example${url}` });
        response.end();
      },
    ],
    ['when the connection breaks', (response) => response.destroy()],
    ['when the answer is not JSON', (response, { url }) => response.end(`{"error":"${url}`)],
  ])('%s', async (_, respond) => {
    const { client, received } = await openOdd(respond);
    const answer = await client.send('scope', {}, ONCE);
    expect(answer.ok).toBe(false);
    expect(received).toHaveLength(1);
    expect(inspect(answer, { depth: 9 })).not.toContain(CODE);
  });

  test('and no printed form of the client does', () => {
    const client = openClient(`https://portal.example/rest/1/${CODE}/`, openBudget(server.redis));
    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain(CODE);
    expect(JSON.stringify(client.webhook)).not.toContain(CODE);
  });

  test('when the portal repeats the address in its error code', async () => {
    const { client } = await openOdd((response, { url }) =>
      json(response, 404, { error: `no such page ${url}` }),
    );
    const answer = await client.send('scope', {}, ONCE);
    expect(inspect(answer)).toContain('no such page');
    expect(inspect(answer)).not.toContain(CODE);
  });
});
