import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crowd, range, TestServer, VIEWER } from '../../support/server.ts';

const DASHBOARD = fileURLToPath(new URL('../../../docs/grafana.json', import.meta.url));

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The values of a scrape, by name and labels. */
type Scrape = Map<string, number>;

async function scrape(token: string | null = VIEWER): Promise<Scrape> {
  const answer = await server.request('/metrics', { token });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/plain; version=0.0.4'),
  ]);
  const lines = (await answer.text()).split('\n').filter((line) => /^[a-z]/.test(line));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

/** @returns the sum over all labels */
const total = (seen: Scrape, name: string): number =>
  [...seen].reduce((sum, [key, value]) => (key.split('{')[0] === name ? sum + value : sum), 0);

describe('/metrics', () => {
  test('requires a token; the token of a viewer is enough', async () => {
    expect((await server.request('/metrics', { token: null })).status).toBe(401);
    expect((await server.request('/metrics', { token: 'some-other-token-of-16' })).status).toBe(
      401,
    );
  });

  test('reports outcomes, requests and the state of the portal', async () => {
    const before = await scrape();
    const { id } = await server.add(crowd([2], [...range(3, 22), 999_999, 3]));
    await server.post(`/api/imports/${id}/start`);
    await server.until(id, ({ state }) => state === 'finished');
    const seen = await scrape();
    expect(Object.fromEntries(seen)).toMatchObject({
      'bulk_invite_pairs{outcome="failed",reason="user_not_found"}': 1,
      'bulk_invite_pairs{outcome="duplicate",reason="of_line_N"}': 1,
      'bulk_invite_pairs{outcome="pending",reason=""}': 0,
      'bulk_invite_imports{state="finished"}': 1,
      'bulk_invite_imports{state="running"}': 0,
      'bulk_invite_part_up{part="ledger"}': 1,
      'bulk_invite_part_up{part="redis"}': 1,
      bulk_invite_portal_held: 0,
      bulk_invite_requests_in_flight: expect.any(Number),
      bulk_invite_operating_seconds: expect.any(Number),
      'bulk_invite_queue_jobs{state="active"}': expect.any(Number),
      'bulk_invite_limit{what="operating_seconds"}': 480,
    });
    expect(total(seen, 'bulk_invite_pairs')).toBe(22);
    expect(seen.get('bulk_invite_invitation_seconds_sum')).toBeGreaterThan(0.001);
    expect(seen.get('bulk_invite_budget_wait_seconds_count')).toBeGreaterThan(0);
    const requests = 'bulk_invite_portal_requests_total';
    const sent = total(seen, requests) - total(before, requests);
    expect(sent).toBeGreaterThan(1);
    expect(total(seen, 'bulk_invite_portal_request_seconds_count')).toBe(total(seen, requests));
    expect([...seen.keys()].join()).not.toContain('/rest/');
  });

  test('reports a held portal, and requests by result', async () => {
    const { id } = await server.add(crowd([4], range(3, 22)));
    await server.setFaults({ kind: 'auth' });
    await server.post(`/api/imports/${id}/start`);
    await server.until(id, ({ state }) => state === 'held');
    const held = await scrape();
    expect(held.get('bulk_invite_portal_held')).toBe(1);
    expect(held.get('bulk_invite_pairs{outcome="pending",reason=""}')).toBe(20);
    expect([...held.keys()].join()).toMatch(
      /bulk_invite_portal_requests_total{method="[\w.]+",result="held"}/,
    );
    await server.setFaults();
    await server.post('/api/portal/try-now');
    await server.until(id, ({ state }) => state === 'finished');
    // The last outcome is recorded before the hold is over.
    await expect.poll(async () => (await scrape()).get('bulk_invite_portal_held')).toBe(0);
  });
});

test('the dashboard uses existing metrics, in panels that do not overlap', async () => {
  const { panels, templating }: Dashboard = JSON.parse(readFileSync(DASHBOARD, 'utf8'));
  expect(panels.length).toBeGreaterThan(10);
  const names = new Set([...(await scrape()).keys()].map((key) => key.split('{')[0] ?? ''));
  const used = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const variables = templating.list.map(({ name }) => name);
  for (const expression of [
    ...used,
    ...templating.list.map(({ definition }) => definition ?? ''),
  ]) {
    for (const [name] of expression.matchAll(/\b(bulk_invite|process|nodejs)_\w+/g)) {
      expect(names, expression).toContain(name);
    }
    for (const [, name] of expression.matchAll(/\$(\w+)/g)) expect(variables).toContain(name);
  }
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)}/${y + Math.floor(at / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

interface Dashboard {
  panels: {
    targets: { expr: string }[];
    gridPos: { x: number; y: number; w: number; h: number };
  }[];
  templating: { list: { name: string; definition?: string }[] };
}
