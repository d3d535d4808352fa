import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneAtATime } from '../../../src/server/http/one-at-a-time.ts';
import { DoctorReport } from '../../../src/server/schemas/doctor-schema.ts';
import { crowd, TestServer, VIEWER } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());

test('only an administrator can check the set-up of the running program', async () => {
  await server.add(crowd([2], [3]));
  const answer = await server.post('/api/doctor', { group: 2 });
  const report = DoctorReport.parse(await answer.json());
  const failed = report.results.filter(({ status }) => status === 'failed');
  expect(failed).toEqual([]);
  expect(report.sound).toBe(true);
  const codes = Object.fromEntries(report.results.map(({ check, code }) => [check, code]));
  expect(codes).toMatchObject({
    ...{ ledger: 'ledger_opens', ledger_version: 'ledger_current' },
    ...{ ledger_rights: 'ledger_writable', redis: 'redis_answers', redis_rights: 'redis_allows' },
    ...{ webhook: 'webhook_answers', group: 'group_open' },
  });
  expect(JSON.stringify(report)).not.toContain('/rest/');
  const method = 'POST';
  expect((await server.request('/api/doctor', { method, token: VIEWER })).status).toBe(403);
  expect((await server.request('/api/doctor', { method, token: null })).status).toBe(401);
  expect((await server.request('/api/doctor', { method })).status).toBe(200);
  expect((await server.post('/api/doctor', { group: 'Sales' })).status).toBe(400);
  expect((await server.post('/api/doctor', { groups: 2 })).status).toBe(400);
});

test('one check runs at a time, and an equal request meanwhile gets the same result', async () => {
  const gates = new Map<string, PromiseWithResolvers<string>>();
  const began: string[] = [];
  const act = oneAtATime((name: string) => {
    began.push(name);
    const gate = Promise.withResolvers<string>();
    gates.set(name, gate);
    return gate.promise;
  });
  const answers = [act('a'), act('b'), act('a')];
  await Promise.resolve();
  await new Promise(setImmediate);
  expect(began).toEqual(['a']);
  gates.get('a')?.reject(new Error('broken'));
  await expect(answers[0]).rejects.toThrow('broken');
  await expect(answers[2]).rejects.toThrow('broken');
  await new Promise(setImmediate);
  expect(began).toEqual(['a', 'b']);
  gates.get('b')?.resolve('done');
  expect(await answers[1]).toBe('done');
  const again = act('a');
  await new Promise(setImmediate);
  gates.get('a')?.resolve('again');
  expect(await again).toBe('again');
});
