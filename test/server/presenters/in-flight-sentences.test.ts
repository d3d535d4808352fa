import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { crowd, range, TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());

const GATE = { kind: 'gate', method: 'sonet_group.user.invite' } as const;

const act = (id: number, name: string) =>
  server.json<Import>(`/api/imports/${id}/${name}`, { method: 'POST' });

test.each([
  ['pause', 'pausing', 'paused', range(63, 92)],
  ['cancel', 'cancelling', 'cancelled', range(33, 62)],
] as const)(
  'after a %s the import is %s, with the number of invitations in flight, until these are answered',
  async (name, meanwhile, then, people) => {
    const { id } = await server.add(crowd([2, 4], people));
    await server.setFaults(GATE);
    await act(id, 'start');
    const moving = await server.until(id, ({ inFlight }) => inFlight > 0);
    expect(moving).toMatchObject({ state: 'running' });

    const ordered = await act(id, name);
    const { inFlight } = ordered;
    expect(ordered.state).toBe(meanwhile);
    expect(inFlight).toBeGreaterThan(0);
    expect(await server.json(`/api/imports/${id}`)).toMatchObject({ state: meanwhile, inFlight });

    await server.removeGate();
    const ended = await server.until(id, ({ state }) => state === then);
    expect(ended).toMatchObject({ inFlight: 0 });
    expect(ended.outcomes.invited).toBeGreaterThan(0);
    expect(ended.outcomes.invited).toBeLessThanOrEqual(inFlight);
  },
);
