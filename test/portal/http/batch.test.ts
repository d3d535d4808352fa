import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Call,
  type CallResult,
  decodeBatch,
  MAX_COMMANDS,
  sendCalls,
} from '../../../src/portal/http/batch.ts';
import { classifyError } from '../../../src/portal/http/failure.ts';
import { INVITE, inviteCall } from '../../../src/portal/methods/invite.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { anyText } from '../../support/any-text.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { json, startOddServer } from '../faulty-server.ts';
import { openBudget, openClient } from '../open-client.ts';
import { group, user } from '../portal-ids.ts';

const decode = (result: unknown, count: number) => decodeBatch({ result }, count);

const ok = (result: unknown): CallResult => ({ ok: true, result });
const failed = (code: string, description: string): CallResult => ({
  ok: false,
  failure: classifyError(code, description),
});
const NOT_MENTIONED = {
  ok: false,
  failure: { kind: 'unanswered', code: 'NOT_MENTIONED', description: expect.any(String) },
};

describe('the answer to a batch', () => {
  test.each<[string, unknown, unknown[]]>([
    [
      'with objects as maps',
      { result: { c0: [1], c1: [] }, result_error: { c2: { error: 'X', error_description: 'Y' } } },
      [ok([1]), ok([]), failed('X', 'Y')],
    ],
    [
      'without errors, an empty list in PHP',
      { result: { c0: 1, c1: 2, c2: 3 }, result_error: [], result_total: [], result_next: [] },
      [ok(1), ok(2), ok(3)],
    ],
    [
      'without results, an empty list in PHP',
      {
        result: [],
        result_error: {
          c0: { error: '', error_description: 'Wrong group ID' },
          c1: { error: 'OPERATION_TIME_LIMIT', error_description: '' },
          c2: { error: 'insufficient_scope', error_description: '' },
        },
      },
      [
        failed('', 'Wrong group ID'),
        failed('OPERATION_TIME_LIMIT', ''),
        failed('insufficient_scope', ''),
      ],
    ],
    ['in another order', { result: { c2: 3, c0: 1, c1: 2 } }, [ok(1), ok(2), ok(3)]],
    ['without a map of errors', { result: { c0: 1, c1: 2, c2: 3 } }, [ok(1), ok(2), ok(3)]],
    [
      'that leaves a command out',
      { result: { c0: 1, c2: 3 }, result_error: [] },
      [ok(1), NOT_MENTIONED, ok(3)],
    ],
    [
      'that mentions nothing',
      { result: [], result_error: [] },
      [NOT_MENTIONED, NOT_MENTIONED, NOT_MENTIONED],
    ],
    [
      'with commands that were not sent',
      { result: { c0: 1, c1: 2, c2: 3, c3: 4, x: 5 }, result_error: { c9: { error: 'X' } } },
      [ok(1), ok(2), ok(3)],
    ],
    [
      'with both a result and an error',
      { result: { c0: 1, c1: 2, c2: 3 }, result_error: { c1: { error: 'X' } } },
      [ok(1), failed('X', ''), ok(3)],
    ],
    [
      'with empty results',
      { result: { c0: null, c1: false, c2: '' } },
      [ok(null), ok(false), ok('')],
    ],
    [
      'with errors of other shapes',
      {
        result: [],
        result_error: { c0: 'OVERLOAD_LIMIT', c1: [], c2: { error_description: 'Y' } },
      },
      [failed('OVERLOAD_LIMIT', ''), failed('', ''), failed('', 'Y')],
    ],
    [
      'with empty errors',
      {
        result: {},
        result_error: { c0: null, c1: { error: null, error_description: null }, c2: 0 },
      },
      [failed('', ''), failed('', ''), failed('0', '')],
    ],
  ])('%s', (_, result, results) => {
    expect(decode(result, 3)).toEqual({ ok: true, results });
  });

  test.each([[null], ['x'], [true], [[]], [{}], [{ result: null }], [{ result: 'x' }]])(
    'that is %j has no result for any command',
    (result) => {
      expect(decode(result, 2)).toMatchObject({ ok: false, failure: { kind: 'unanswered' } });
    },
  );

  // String() turns an object into [object Object], and throws for one with its own toString.
  test.each([[{ code: 'ERROR_CORE', message: 'No' }], [{ toString: 'ERROR_CORE' }]])(
    'shows the error text %j as it is',
    (words) => {
      const reported = { error: 'X', error_description: words };
      expect(decode({ result: [], result_error: { c0: reported } }, 1)).toEqual({
        ok: true,
        results: [failed('X', JSON.stringify(words))],
      });
    },
  );

  test('has exactly one result for each command, and an error takes precedence', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const code = fc.constantFrom('', 'X', 'QUERY_LIMIT_EXCEEDED', 'NO_AUTH_FOUND');
    const error = fc.oneof(
      fc.record({ error: code, error_description: fc.string() }),
      fc.record({ error: scalar, error_description: scalar }, { requiredKeys: [] }),
      scalar,
      fc.constant([]),
    );
    const key = fc.oneof(
      fc.nat(59).map((index) => `c${index}`),
      fc.string(),
    );
    const results = fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }));
    const errors = fc.oneof(fc.dictionary(key, error), fc.constant([]), fc.constant(undefined));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), results, errors, (count, result, reported) => {
        const decoded = decode({ result, result_error: reported }, count);
        if (!decoded.ok) throw new Error('not read');
        expect(decoded.results).toHaveLength(count);
        for (const [index, found] of decoded.results.entries()) {
          const name = `c${index}`;
          const isError = Object.hasOwn(reported ?? {}, name);
          if (!isError && Object.hasOwn(result, name)) expect(found).toEqual(ok(result[name]));
          else expect(found).toMatchObject(isError ? { ok: false } : NOT_MENTIONED);
        }
      }),
    );
  });
});

describe('calls', () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.dispose());

  async function open(options: Partial<SandboxOptions> = {}) {
    const portal = await openPortal({ seed: smallSeed(), ...options });
    const client = openClient(portal.sandbox.webhookUrl, openBudget(server.redis));
    const send = (calls: readonly Call[]) =>
      sendCalls(client, calls, { repeat: 'unless_executed' });
    return { ...portal, send };
  }

  const invitation = (groupId: number, userIds: number[], message: string | null = null): Call =>
    inviteCall({ groupId: group(groupId), userIds: userIds.map(user), message });
  const scope: Call = { method: 'scope', parameters: {} };

  test('go directly when alone, and numbers come back as numbers', async () => {
    const { send, truth } = await open();
    const answer = await send([invitation(5, [2, 3], 'Hi')]);
    expect(answer).toMatchObject({ ok: true, results: [ok([2, 3])] });
    expect(await truth()).toMatchObject({ requests: 1, calls: { [INVITE]: 1 } });
  });

  test('of a batch that is billed and refused wait, as invitations do', async () => {
    const limits = { billing: 'outer', inviteSeconds: 0.15, operatingLimitSeconds: 0.1 } as const;
    const { sandbox, truth } = await openPortal({ seed: smallSeed(), ...limits });
    const budget = openBudget(server.redis);
    const client = openClient(sandbox.webhookUrl, budget);
    const options = { repeat: 'unless_executed' } as const;
    const first = await sendCalls(client, [invitation(5, [2]), invitation(5, [3])], options);
    expect(first.ok && first.batch?.operating).toBeCloseTo(0.15);
    const refused = await sendCalls(client, [scope, scope], options);
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'operating_limited' } });
    const { waitFor, waitMs } = await budget.readView(INVITE, 10);
    expect(waitFor).toBe('operating');
    expect(waitMs).toBeGreaterThan(200_000);
    expect(await sendCalls(client, [scope], options)).toMatchObject({ ok: true });
    // A worker's read is not even sent.
    const soon = { ...options, withSlot: true, signal: AbortSignal.timeout(50) };
    expect((await sendCalls(client, [scope, scope], soon)).ok).toBe(false);
    expect(await truth()).toMatchObject({ requests: 3, operatingErrors: 1 });
    await budget.close();
  });

  test.each([
    ['a batch', [scope, scope]],
    ['a single call', [scope]],
  ])('that read as %s stay within the server seconds of their method', async (_, calls) => {
    const seconds = { readSeconds: 0.2, operatingFloorSeconds: 0, operatingLimitSeconds: 3 };
    const { sandbox, truth } = await openPortal({ seed: smallSeed(), ...seconds });
    const budget = openBudget(server.redis, { operatingLimitSeconds: 3 });
    const client = openClient(sandbox.webhookUrl, budget);
    let waits = 0;
    const ending = new AbortController();
    const onWait = () => {
      waits += 1;
      ending.abort();
    };
    const options = { repeat: 'unless_executed', signal: ending.signal, onWait } as const;
    for (let sent = 0; sent < 20 && waits === 0; sent += 1) await sendCalls(client, calls, options);
    expect(waits).toBe(1);
    expect((await truth()).operatingErrors).toBe(0);
    await budget.close();
  });

  test('go as one batch when together, with results in their order', async () => {
    const { send, truth } = await open();
    const answer = await send([
      invitation(5, [2, 3], 'Hi'),
      invitation(7, [2]),
      scope,
      { method: 'no.such', parameters: {} },
      invitation(6, [2, 10]),
    ]);
    expect(answer).toMatchObject({
      ok: true,
      results: [
        ok(['2', '3']),
        failed('', 'Socialnetwork group not found'),
        ok(['sonet_group', 'socialnetwork', 'user', 'im']),
        failed('ERROR_METHOD_NOT_FOUND', 'Method not found!'),
        ok(['10']),
      ],
    });
    const { requests, calls, notifications } = await truth();
    expect(requests).toBe(1);
    expect(calls).toEqual({ batch: 1, scope: 1, [INVITE]: 3 });
    expect(notifications).toEqual([
      { groupId: 5, userId: 2, count: 1, message: 'Hi' },
      { groupId: 5, userId: 3, count: 1, message: 'Hi' },
      { groupId: 6, userId: 10, count: 1, message: '' },
    ]);
  });

  test('can fill a batch, and every message arrives unchanged', async () => {
    const { send, truth } = await open({ seed: plainSeed({ users: 1, groups: MAX_COMMANDS }) });
    const message = anyText.filter((text) => !text.includes('$'));
    const messages = fc.sample(message, { numRuns: MAX_COMMANDS - 2, seed: 1 });
    messages.push('a=1&b[]=2#rest+%41 100% “🎉”\r\nПривет', `long ${'ё'.repeat(5_000)}`);
    const answer = await send(messages.map((text, index) => invitation(index + 1, [2], text)));
    expect(answer).toMatchObject({ ok: true, results: messages.map(() => ok(['2'])) });
    const { requests, notifications } = await truth();
    expect(requests).toBe(1);
    expect(notifications.map((sent) => sent.message)).toEqual(messages);
  });

  test.each(['$result[c0][0]', 'All of $result[c0] are welcome', '$result[c9]'])(
    'deliver the message %j unchanged when alone',
    async (message) => {
      const { send, truth } = await open();
      expect(await send([invitation(5, [2], message)])).toMatchObject({
        ok: true,
        results: [ok([2])],
      });
      expect((await truth()).notifications).toMatchObject([{ message }]);
    },
  );

  test('that are refused are results, alone and together', async () => {
    const { send } = await open();
    const refused = failed('', 'Socialnetwork group not found');
    expect(await send([invitation(999, [2])])).toEqual({ ok: true, results: [refused] });
    expect(await send([invitation(999, [2]), invitation(7, [2])])).toEqual({
      ok: true,
      results: [refused, refused],
      batch: expect.objectContaining({ operating: 0 }),
    });
  });

  test('without a scope fail as a whole when alone, and one by one in a batch', async () => {
    const { send } = await open({ scopes: ['sonet_group'] });
    const users: Call = { method: 'user.get', parameters: {} };
    expect(await send([users])).toMatchObject({
      ok: false,
      failure: { kind: 'held', code: 'insufficient_scope' },
    });
    expect(await send([users, invitation(5, [2])])).toMatchObject({
      ok: true,
      results: [failed('insufficient_scope', ''), ok(['2'])],
    });
  });

  test.each([
    ['html_502', { kind: 'unanswered', code: 'HTTP_502' }],
    ['html_504', { kind: 'unanswered', code: 'HTTP_504' }],
    ['error_500', { kind: 'unanswered', code: 'INTERNAL_SERVER_ERROR' }],
    ['drop_after', { kind: 'unanswered' }],
    ['cut_answer', { kind: 'unanswered' }],
    ['auth', { kind: 'held', code: 'NO_AUTH_FOUND' }],
    ['overload', { kind: 'held', code: 'OVERLOAD_LIMIT' }],
  ])('fail together when the request as a whole fails: %s', async (kind, failure) => {
    const { send, control } = await open();
    await control('faults', [{ kind }]);
    const answer = await send([invitation(5, [2]), invitation(6, [10])]);
    expect(answer).toMatchObject({ ok: false, failure });
  });

  test('fail one by one when a command fails', async () => {
    const { send, control } = await open();
    await control('faults', [{ kind: 'command_error', method: INVITE, times: 1 }]);
    const broken = failed('ERROR_UNEXPECTED_ANSWER', 'Server returned an unexpected response');
    const answer = await send([scope, invitation(5, [2])]);
    expect(answer).toMatchObject({ ok: true, results: [{ ok: true }, broken] });
    await control('faults', [{ kind: 'operating_limit', method: INVITE, times: 1 }]);
    expect(await send([scope, invitation(5, [2])])).toMatchObject({
      ok: true,
      results: [{ ok: true }, { ok: false, failure: { kind: 'operating_limited' } }],
    });
  });

  test('that fail in a batch do not show the code', async () => {
    const { origin } = await startOddServer((response, { url }) => {
      const error = { error: 'ERROR_CORE', error_description: `cannot run ${url}` };
      json(response, 200, { result: { result: { c1: true }, result_error: { c0: error } } });
    });
    const client = openClient(`${origin}/rest/1/s3cr3tC0de/`, openBudget(server.redis));
    const answer = await sendCalls(client, [scope, scope], { repeat: 'always' });
    expect(JSON.stringify(answer)).toContain('cannot run');
    expect(JSON.stringify(answer)).not.toContain('s3cr3tC0de');
  });
});
