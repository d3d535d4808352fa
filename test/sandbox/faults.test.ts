import { expect, test } from 'vitest';
import { Faults } from '../../src/sandbox/faults.ts';
import { seededRandom } from '../../src/sandbox/random.ts';
import { openPortal, smallSeed } from './raw-client.ts';

const INVITE = 'sonet_group.user.invite';
const PAIR = { GROUP_ID: 5, USER_ID: [2] };

test.each([
  ['html_502', 502, undefined, 0],
  ['html_503', 503, undefined, 0],
  ['html_504', 504, undefined, 1],
  ['error_500', 500, 'INTERNAL_SERVER_ERROR', 0],
  ['error_500_after', 500, 'INTERNAL_SERVER_ERROR', 1],
  ['rate_limit', 503, 'QUERY_LIMIT_EXCEEDED', 0],
  ['operating_limit', 429, 'OPERATION_TIME_LIMIT', 0],
  ['auth', 401, 'NO_AUTH_FOUND', 0],
  ['overload', 503, 'OVERLOAD_LIMIT', 0],
])('%s answers %i %s and executes %i', async (kind, status, code, executed) => {
  const { call, control, truth } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind, times: 1 }]);
  const answer = await call(INVITE, PAIR);
  expect(answer.status).toBe(status);
  expect(answer.json?.error).toBe(code);
  expect(await truth()).toMatchObject({ invitationsSent: executed, faults: { [kind]: 1 } });
  expect((await call(INVITE, PAIR)).json.result).toEqual(executed === 1 ? [] : [2]);
});

test.each([
  ['drop_before', 0],
  ['drop_after', 1],
  ['cut_answer', 1],
])('%s breaks the connection and executes %i', async (kind, executed) => {
  const { call, control, truth } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind, times: 1 }]);
  await expect(call(INVITE, PAIR)).rejects.toThrow();
  expect((await truth()).invitationsSent).toBe(executed);
});

test('a cut answer has the head of the whole one', async () => {
  const { sandbox, control } = await openPortal();
  await control('faults', [{ kind: 'cut_answer', times: 1 }]);
  const response = await fetch(`${sandbox.webhookUrl}scope`);
  expect(response.status).toBe(200);
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
  await expect(response.text()).rejects.toThrow();
});

test('slow adds seconds to another fault or none', async () => {
  const { call, control } = await openPortal();
  await control('faults', [
    { kind: 'slow', seconds: 0.15 },
    { kind: 'error_500_after', times: 1 },
  ]);
  const startedAt = Date.now();
  expect((await call('scope')).status).toBe(500);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(145);
  expect((await call('scope')).status).toBe(200);
});

test('one command of a batch fails, of the method that is named', async () => {
  const { batch, control, truth } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind: 'command_error', method: INVITE, times: 1 }]);
  const commands = { a: 'scope', b: `${INVITE}?GROUP_ID=5&USER_ID=2`, c: 'profile' };
  const { result } = (await batch(commands)).json;
  expect(result.result_error).toEqual({
    b: {
      error: 'ERROR_UNEXPECTED_ANSWER',
      error_description: 'Server returned an unexpected response',
    },
  });
  expect(Object.keys(result.result)).toEqual(['a', 'c']);
  expect((await truth()).invitationsSent).toBe(0);
});

test('the operating limit strikes the commands of the method only', async () => {
  const { batch, control } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind: 'operating_limit', method: INVITE, times: 1 }]);
  const answer = await batch({ a: 'scope', b: `${INVITE}?GROUP_ID=5&USER_ID=2` });
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.json.result.result_error)).toEqual(['b']);
});

test('a fault for a method strikes calls and batches of it, nothing else', async () => {
  const { call, batch, control } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind: 'html_502', method: INVITE }]);
  expect((await call('scope')).status).toBe(200);
  expect((await batch({ a: 'scope' })).status).toBe(200);
  expect((await call(INVITE, PAIR)).status).toBe(502);
  expect((await batch({ a: 'scope', b: `${INVITE}?GROUP_ID=5` })).status).toBe(502);
});

test('faults can be seen, counted down and cleared', async () => {
  const { call, control } = await openPortal();
  await control('faults', [{ kind: 'html_502', times: 3 }]);
  await call('scope');
  expect(await control('faults')).toEqual([{ kind: 'html_502', times: 2 }]);
  expect(await control('faults', undefined, 'DELETE')).toEqual([]);
  expect((await call('scope')).status).toBe(200);
});

test('chance strikes the same requests for the same seed, about as often as told', () => {
  const struck = (seed: number): number[] => {
    const faults = new Faults(seededRandom(seed));
    faults.set([{ kind: 'html_502', probability: 0.25 }]);
    const target = { isBatch: false, methods: ['scope'] };
    return [...Array(400).keys()].filter(() => faults.strike(target).fault !== undefined);
  };
  expect(struck(7)).toEqual(struck(7));
  expect(struck(7)).not.toEqual(struck(8));
  expect(struck(7).length).toBeGreaterThan(70);
  expect(struck(7).length).toBeLessThan(130);
});
