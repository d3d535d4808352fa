import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { type BatchResult, openPortal, smallSeed } from '../raw-client.ts';

const INVITE = 'sonet_group.user.invite';
const FAILING = `${INVITE}?GROUP_ID=999&USER_ID=2`;
const NOT_FOUND = { error: '', error_description: 'Socialnetwork group not found' };

test('answers each command under its key, a failed one in result_error only', async () => {
  const { batch } = await openPortal({ seed: smallSeed() });
  const answer = await batch({
    c1: `${INVITE}?GROUP_ID=5&USER_ID[0]=2&USER_ID[1]=3`,
    c2: FAILING,
    c3: 'user.get?FILTER[ID][0]=2&FILTER[ID][1]=3',
  });
  expect(answer.status).toBe(200);
  const { result } = answer.json;
  expect(Object.keys(result)).toEqual([
    'result',
    'result_error',
    'result_total',
    'result_next',
    'result_time',
  ]);
  expect(Object.keys(result.result)).toEqual(['c1', 'c3']);
  expect(result.result.c1).toEqual(['2', '3']);
  expect(result.result_error).toEqual({ c2: NOT_FOUND });
  expect(result.result_total).toEqual({ c3: 2 });
  expect(result.result_next).toEqual([]);
  expect(Object.keys(result.result_time)).toEqual(['c1', 'c3']);
  expect(result.result_time.c1).toHaveProperty('operating_reset_at');
  expect(answer.json.time.operating).toBe(0);
});

test.each([
  ['a list of commands gives lists', ['profile', 'scope'], 'list', '[]'],
  ['keys 0..n-1 give lists', { 0: 'profile', 1: 'scope' }, 'list', '[]'],
  ['a failure at 0 gives objects', { 0: FAILING, 1: 'scope' }, 'object', 'list'],
  ['a failure at the end gives a list', { 0: 'scope', 1: FAILING }, 'list', 'object'],
  ['keys from 1 give objects', { 1: 'profile', 2: 'scope' }, 'object', '[]'],
  ['names give objects', { a: FAILING }, '[]', 'object'],
])('PHP arrays: %s', async (_, commands, results, errors) => {
  const { batch } = await openPortal({ seed: smallSeed() });
  const { result } = (await batch(commands)).json;
  const shape = (value: unknown): string => {
    if (!Array.isArray(value)) return 'object';
    return value.length === 0 ? '[]' : 'list';
  };
  expect(shape(result.result)).toBe(results);
  expect(shape(result.result_error)).toBe(errors);
});

test('runs commands in the order of the text, with any keys', async () => {
  const { send, path } = await openPortal({ seed: smallSeed() });
  const answer = await send<BatchResult>(`${path}batch`, {
    method: 'POST',
    body: `{"halt":1,"cmd":{"10":"scope","2":"${FAILING}","1":"profile"}}`,
  });
  expect(answer.text).toContain('"result":{"10":[');
  expect(answer.json.result.result_error).toEqual({ 2: NOT_FOUND });
  expect(answer.json.result.result).not.toHaveProperty('1');
});

test.each([
  [1, ['a']],
  ['1', ['a']],
  [true, ['a']],
  [0, ['a', 'c']],
  ['0', ['a', 'c']],
  [false, ['a', 'c']],
])('with halt %j the commands %j run', async (halt, expected) => {
  const { batch } = await openPortal({ seed: smallSeed() });
  const { result } = (await batch({ a: 'profile', b: FAILING, c: 'scope' }, { halt })).json;
  expect(Object.keys(result.result)).toEqual(expected);
  expect(Object.keys(result.result_error)).toEqual(['b']);
  expect(Object.keys(result.result_time)).toEqual(expected);
});

test('runs fifty commands and refuses the others', async () => {
  const { batch } = await openPortal();
  const commands = Object.fromEntries(
    Array.from({ length: 52 }, (_, index) => [`c${index}`, 'scope']),
  );
  const answer = await batch(commands);
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.json.result.result)).toHaveLength(50);
  const tooMany = {
    error: 'ERROR_BATCH_LENGTH_EXCEEDED',
    error_description: 'Max batch length exceeded',
  };
  expect(answer.json.result.result_error).toEqual({ c50: tooMany, c51: tooMany });
});

test('skips a command that is no string, without an entry', async () => {
  const { call } = await openPortal();
  const cmd = { a: 'scope', b: 5, c: null, d: ['scope'], e: 'scope' };
  const { result } = (await call<BatchResult>('batch', { cmd })).json;
  expect(Object.keys(result.result)).toEqual(['a', 'e']);
  expect(result.result_error).toEqual([]);
});

test('expands $result, $next, $total, $time and $error in a message, in any case', async () => {
  const { batch, truth } = await openPortal({ seed: plainSeed({ users: 60, groups: 1 }) });
  const text =
    '$Result[me][NAME] $NEXT[all] $total[all] $error[bad][error_description] $time[me][x]';
  await batch({
    me: 'profile',
    all: 'user.get?',
    bad: FAILING,
    sent: `${INVITE}?GROUP_ID=1&USER_ID=2&MESSAGE=${encodeURIComponent(text)}`,
  });
  const message = (await truth()).notifications[0]?.message;
  expect(message).toBe('Person 50 61 Socialnetwork group not found $time[me][x]');
});

test('refuses a batch in a batch and unknown methods', async () => {
  const { batch } = await openPortal();
  const { result } = (await batch({ a: 'batch?cmd[x]=scope', b: 'no.such', c: 'scope' })).json;
  expect(result.result_error).toEqual({
    a: {
      error: 'ERROR_BATCH_METHOD_NOT_ALLOWED',
      error_description: 'Method is not allowed for batch usage',
    },
    b: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
  });
  expect(Object.keys(result.result)).toEqual(['c']);
});

test('returns empty lists without commands', async () => {
  const { call } = await openPortal();
  const { result } = (await call<BatchResult>('batch', { halt: 0 })).json;
  expect(new Set(Object.values(result).map((map) => JSON.stringify(map)))).toEqual(new Set(['[]']));
});

test('accepts a form as well', async () => {
  const { send, path } = await openPortal({ seed: smallSeed() });
  const form = new URLSearchParams({
    halt: '0',
    'cmd[a]': `${INVITE}?GROUP_ID=5&USER_ID[]=2&MESSAGE=${encodeURIComponent('a & b')}`,
  });
  const answer = await send<BatchResult>(`${path}batch.json`, { method: 'POST', body: form });
  expect(answer.json.result.result).toEqual({ a: ['2'] });
});

test.each([
  ['a+b', 'a b'],
  [encodeURIComponent('a+b #1 & «ё»?\n'), 'a+b #1 & «ё»?\n'],
  ['one#two', 'one'],
  ['see%20%24result%5Bme%5D%5BNAME%5D', 'see Person'],
])('a message sent as %j arrives as %j', async (sent, arrived) => {
  const { batch, truth } = await openPortal({ seed: smallSeed() });
  await batch({ me: 'profile', a: `${INVITE}?GROUP_ID=5&USER_ID=2&MESSAGE=${sent}` });
  expect((await truth()).notifications[0]?.message).toBe(arrived);
});

test('drops users after the thousandth variable of a command', async () => {
  const { batch } = await openPortal({ seed: smallSeed() });
  const users = Array.from({ length: 1000 }, (_, index) => `USER_ID[${index}]=${index + 4000}`);
  const late = await batch({ a: `${INVITE}?GROUP_ID=5&${users.join('&')}&USER_ID[1000]=2` });
  expect(late.json.result.result).toEqual({ a: [] });
  const early = await batch({ a: `${INVITE}?GROUP_ID=5&USER_ID[1000]=2&${users.join('&')}` });
  expect(early.json.result.result).toEqual({ a: ['2'] });
});

test('passes the result of one command to the next', async () => {
  const { batch, truth } = await openPortal({ seed: smallSeed() });
  const { result } = (
    await batch({
      found: 'user.get?FILTER[EMAIL]=person3@northwind.example',
      sent: `${INVITE}?GROUP_ID=5&USER_ID=$result[found][0][ID]`,
    })
  ).json;
  expect(result.result.sent).toEqual(['3']);
  expect((await truth()).notifications).toMatchObject([{ groupId: 5, userId: 3 }]);
});

test.each([
  ['who does not exist', '5&USER_ID[0]=999', 'ERROR_CREATE_USER2GROUP'],
  ['that the caller may not invite', '8&USER_ID[0]=3', 'ERROR_NO_PERMS'],
])('the next error after a user %s has the code of that', async (_, declined, code) => {
  const commands = { a: FAILING, b: `${INVITE}?GROUP_ID=${declined}`, c: FAILING, d: FAILING };
  const { batch } = await openPortal({ seed: smallSeed() });
  const { result } = (await batch(commands)).json;
  expect(result.result).toEqual({ b: [] });
  expect(result.result_error).toMatchObject({ a: NOT_FOUND, c: { error: code }, d: NOT_FOUND });
  const exact = await openPortal({ seed: smallSeed(), staleErrors: false });
  expect((await exact.batch(commands)).json.result.result_error).toMatchObject({ c: NOT_FOUND });
});

test('a used-up limit can have the code of a declined user, a relation leaves none', async () => {
  const limits = { inviteSeconds: 0.02, operatingFloorSeconds: 0, operatingLimitSeconds: 0.01 };
  const { batch, truth } = await openPortal({ seed: smallSeed(), ...limits });
  const { result } = (
    await batch({
      a: `${INVITE}?GROUP_ID=6&USER_ID[0]=3`,
      b: FAILING,
      c: `${INVITE}?GROUP_ID=5&USER_ID[0]=2&USER_ID[1]=999`,
      d: `${INVITE}?GROUP_ID=5&USER_ID[0]=3`,
    })
  ).json;
  expect(result.result_error).toMatchObject({
    b: NOT_FOUND,
    d: { error: 'ERROR_CREATE_USER2GROUP' },
  });
  expect((await truth()).operatingErrors).toBe(1);
});
