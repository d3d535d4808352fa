import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Faults } from '../../src/sandbox/fault-list.ts';
import { seededRandom } from '../../src/sandbox/state/random.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import { openPortal, smallSeed } from './raw-client.ts';

const INVITE = 'sonet_group.user.invite';
const PAIR = { GROUP_ID: 5, USER_ID: [2] };

const waiting = (requests: number) => (truth: Truth) => truth.atGate === requests;

test.each([
  ['html_502', 502, undefined, 0],
  ['html_503', 503, undefined, 0],
  ['html_504', 504, undefined, 1],
  ['error_500', 500, 'INTERNAL_SERVER_ERROR', 0],
  ['error_500_after', 500, 'INTERNAL_SERVER_ERROR', 1],
  ['rate_limit', 503, 'QUERY_LIMIT_EXCEEDED', 0],
  ['operating_limit', 429, 'OPERATION_TIME_LIMIT', 0],
  ['refuse', 400, 'ERROR_CORE', 0],
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
    { kind: 'slow', seconds: 0.05 },
    { kind: 'error_500_after', times: 1 },
  ]);
  const startedAt = Date.now();
  expect((await call('scope')).status).toBe(500);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(48);
  expect((await call('scope')).status).toBe(200);
});

test('a gate stops a request before its execution, an answer gate after it', async () => {
  const { until, call, control, truth } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind: 'gate' }, { kind: 'gate_answer' }]);
  const answer = call(INVITE, PAIR);
  await until(waiting(1));
  expect(await truth()).toMatchObject({ inFlight: 1, invitationsSent: 0 });
  expect(await control('gate/open', {})).toEqual({ opened: 1 });
  await until(waiting(1));
  expect(await truth()).toMatchObject({ inFlight: 1, invitationsSent: 1 });
  await control('gate/open', undefined, 'POST');
  expect((await answer).json.result).toEqual([2]);
  const faults = { gate: 1, gate_answer: 1 };
  expect(await truth()).toMatchObject({ atGate: 0, inFlight: 0, faults });
});

test('a gate releases as many requests as ordered, in the order of their arrival', async () => {
  const { until, call, control } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind: 'gate', times: 3 }]);
  const answered: number[] = [];
  const answers: Promise<unknown>[] = [];
  for (const at of [1, 2, 3]) {
    answers.push(call('scope').then(() => answered.push(at)));
    await until(waiting(at));
  }
  expect((await call('scope')).status).toBe(200);
  expect(await control('gate/open', { requests: 1 })).toEqual({ opened: 1 });
  await answers[0];
  expect(answered).toEqual([1]);
  expect(await control('gate/open', { requests: 5 })).toEqual({ opened: 2 });
  await Promise.all(answers);
});

test('a gate stops only its own method, and another fault strikes after it', async () => {
  const { until, call, batch, control } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind: 'gate', method: INVITE }, { kind: 'html_502' }]);
  expect((await call('scope')).status).toBe(502);
  const answer = batch({ a: `${INVITE}?GROUP_ID=5&USER_ID=2` });
  await until(waiting(1));
  await control('gate/open', {});
  expect((await answer).status).toBe(502);
});

test('waiting at a gate takes no server time', async () => {
  const limits = { readSeconds: 0.02, requestLimitSeconds: 0.05 };
  const { until, call, control, truth } = await openPortal(limits);
  await control('faults', [{ kind: 'gate' }]);
  const answer = call('user.get');
  await until(waiting(1));
  await sleep(100);
  await control('gate/open', {});
  expect(await answer).toMatchObject({ status: 200, json: { time: { processing: 0.02 } } });
  expect(await truth()).toMatchObject({ cutRequests: 0 });
});

test('a request at a gate continues without its client, and ends with the sandbox', async () => {
  const { sandbox, until, call, control, truth } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind: 'gate' }]);
  const client = new AbortController();
  const leaving = fetch(`${sandbox.webhookUrl}${INVITE}`, {
    method: 'POST',
    body: JSON.stringify(PAIR),
    signal: client.signal,
  });
  await until(waiting(1));
  client.abort();
  await expect(leaving).rejects.toThrow();
  expect(await truth()).toMatchObject({ atGate: 1, invitationsSent: 0 });
  await control('gate/open', {});
  await until(({ invitationsSent }) => invitationsSent === 1);
  const ending = expect(call(INVITE, PAIR)).rejects.toThrow();
  await until(waiting(1));
  await sandbox.close();
  await ending;
});

test('one command of a batch fails, with the method of the fault', async () => {
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

test('a fault for a method strikes only calls and batches of it', async () => {
  const { call, batch, control } = await openPortal({ seed: smallSeed() });
  await control('faults', [{ kind: 'html_502', method: INVITE }]);
  expect((await call('scope')).status).toBe(200);
  expect((await batch({ a: 'scope' })).status).toBe(200);
  expect((await call(INVITE, PAIR)).status).toBe(502);
  expect((await batch({ a: 'scope', b: `${INVITE}?GROUP_ID=5` })).status).toBe(502);
});

test('faults can be listed and cleared, and count down', async () => {
  const { call, control } = await openPortal();
  await control('faults', [{ kind: 'html_502', times: 3 }]);
  await call('scope');
  expect(await control('faults')).toEqual([{ kind: 'html_502', times: 2 }]);
  expect(await control('faults', undefined, 'DELETE')).toEqual([]);
  expect((await call('scope')).status).toBe(200);
});

test('a seed determines which requests are struck, at about the given probability', () => {
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
