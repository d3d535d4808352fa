import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Import } from '../../src/server/schemas/import.ts';
import { crowd, range, TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());

const PAIRS = crowd([2, 4], range(3, 32));
const GATE = { kind: 'gate', method: 'sonet_group.user.invite' } as const;

const order = (id: number, name: string) =>
  server.json<Import>(`/api/imports/${id}/${name}`, { method: 'POST' });

test.each([
  ['pause', 'pausing', 'paused'],
  ['cancel', 'cancelling', 'cancelled'],
] as const)(
  'after a %s the import is %s, with how many may still go out, until these are back',
  async (name, meanwhile, then) => {
    const { id } = await server.take(PAIRS);
    await server.setFaults(GATE);
    await order(id, 'start');
    const moving = await server.until(id, ({ inFlight }) => inFlight > 0);
    expect(moving).toMatchObject({ state: 'running' });

    const ordered = await order(id, name);
    const { inFlight } = ordered;
    expect(ordered.state).toBe(meanwhile);
    expect(inFlight).toBeGreaterThan(0);
    expect(await server.json(`/api/imports/${id}`)).toMatchObject({ state: meanwhile, inFlight });

    await server.setFaults();
    await server.openGate();
    const ended = await server.until(id, ({ state }) => state === then);
    expect(ended).toMatchObject({ inFlight: 0 });
    expect(ended.outcomes.invited).toBeGreaterThan(0);
    expect(ended.outcomes.invited).toBeLessThanOrEqual(inFlight);
  },
);
