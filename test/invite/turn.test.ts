import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { inviteChunk } from '../../src/invite/chunk.ts';
import { startImport } from '../../src/invite/import-lifecycle.ts';
import { openReading } from '../../src/invite/lookup/portal-reading.ts';
import { inviteDelivery } from '../../src/invite/operations/invite/invite-delivery.ts';
import { pack } from '../../src/invite/pack.ts';
import type { PipelineContext } from '../../src/invite/pipeline-context.ts';
import { send } from '../../src/invite/send.ts';
import { SendPriority } from '../../src/invite/send-priority.ts';
import { readHold } from '../../src/ledger/delivery/holds.ts';
import { readSent } from '../../src/ledger/delivery/read-sent.ts';
import { changeImport } from '../../src/ledger/imports/change-import.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import type { PortalClient } from '../../src/portal/http/client.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { claimed, countsOf } from '../ledger/sample-pairs.ts';
import { json, type Received, startOddServer } from '../portal/faulty-server.ts';
import { openBudget, openClient } from '../portal/open-client.ts';
import { takeCsv } from '../support/ledger/take-csv.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';
import { crowd } from '../support/program-harness.ts';
import { startRedis, type TestRedis } from '../support/redis/redis.ts';

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

const NEVER = new AbortController().signal;

let server: TestRedis;
let ledger: TestLedger;
let imports = 0;

beforeAll(async () => {
  server = await startRedis();
  stack.defer(() => server.dispose());
  ledger = stack.use(await openTestLedger());
});

/** @returns a client of a portal that answers like this, with the requests that the portal received */
async function openPortal(answer: (request: Received) => [status: number, body: unknown]) {
  const odd = await startOddServer((response, request) => json(response, ...answer(request)));
  const client = openClient(`${odd.origin}/rest/1/secret/`, openBudget(server.redis));
  stack.defer(() => client.budget.close());
  return { client, received: odd.received };
}

/** @returns the id of a running import with one person in each group */
async function running(portal: string, groups: number): Promise<number> {
  imports += 1;
  const source = { fileName: 'crowd.csv', fileDigest: `${imports}`, portal, message: null };
  const id = await takeCsv(ledger.db, source, async function* () {
    yield Buffer.from(crowd(groups, 1));
  });
  await startImport(ledger.db, id);
  return id;
}

const workWith = (client: PortalClient): PipelineContext => ({
  ...{ db: ledger.db, client, log: pino({ level: 'silent' }), clock: SYSTEM_CLOCK },
  ...{ random: Math.random, maxAttempts: 5, priority: new SendPriority() },
  reading: openReading(client, SYSTEM_CLOCK),
});

const takeTurn = (client: PortalClient, id: number) =>
  inviteChunk(workWith(client), id, 0, crypto.randomUUID(), { stop: NEVER, abort: NEVER });

const DENIED = { error: 'ACCESS_DENIED', error_description: 'REST is for paid plans only' };

test.each([1, 2])(
  'holds a portal that refuses everything while %i groups are read, and guesses nothing',
  async (groups) => {
    const { client } = await openPortal(({ url, body }) =>
      url.includes(INVITE)
        ? [200, { result: [] }]
        : body.includes(INVITE)
          ? [200, { result: { result: { c0: [], c1: [] }, result_error: [] } }]
          : [403, DENIED],
    );
    const { portal } = client.webhook;
    const id = await running(portal, groups);
    expect(await takeTurn(client, id)).toEqual({ kind: 'held', code: 'ACCESS_DENIED' });
    expect(await readHold(ledger.db, portal)).toMatchObject({ code: 'ACCESS_DENIED' });
    expect(countsOf(await readTallies(ledger.db, id))).toEqual({ 'pending/': groups });
  },
);
test('does not send an import for another portal to this one', async () => {
  const { client, received } = await openPortal(() => [200, { result: ['2'] }]);
  const id = await running('other.bitrix24.com', 1);
  expect(await takeTurn(client, id)).toMatchObject({ kind: 'dropped' });
  expect(received).toEqual([]);
  expect(countsOf(await readTallies(ledger.db, id))).toEqual({ 'pending/': 1 });
});

test('counts the lifetime of a request from its mark, however long the ledger was locked before', async () => {
  const { client } = await openPortal(() => [500, {}]);
  const id = await running(client.webhook.portal, 1);
  const range = await claimed(ledger.db, id, 0, 'me');
  const commands = pack(await readSendable(ledger.db, range), 20)[0] ?? [];
  const gate = Promise.withResolvers<void>();
  const locking = changeImport(ledger.db, id, () => gate.promise);
  const context = workWith(client);
  const delivery = inviteDelivery(context, { range, owner: 'me' });
  const sending = send(context, delivery, { id: 'r', commands }, NEVER);
  const openedAt = Date.now();
  while (Date.now() === openedAt) await setImmediate();
  gate.resolve();
  await Promise.all([locking, sending]);
  const [sent] = await readSent(ledger.db, range);
  expect(sent?.sentAt.getTime()).toBeGreaterThan(openedAt);
});

test('sends a command alone when its error may be caused by another command', async () => {
  const stale = { error: 'ERROR_NO_PERMS', error_description: 'No permissions' };
  const { client } = await openPortal(({ url, body }) => {
    if (url.includes(INVITE)) {
      return [400, { error: '', error_description: 'Socialnetwork group not found' }];
    }
    const commands = body.includes(INVITE) ? Object.keys(JSON.parse(body).cmd) : [];
    // The first command leaves out a user; the last command fails with the error text of that.
    const [first = 'none', last = 'none'] = [commands.at(0), commands.at(-1)];
    const invited = Object.fromEntries(commands.map((key) => [key, ['2']]));
    const { [last]: _, ...result } = { ...invited, [first]: [] };
    return [200, { result: { result, result_error: { [last]: stale } } }];
  });
  const id = await running(client.webhook.portal, 8);
  await takeTurn(client, id);
  const tallies = countsOf(await readTallies(ledger.db, id));
  expect(tallies['failed/group_not_found']).toBeGreaterThan(0);
  expect(tallies['failed/portal_error']).toBeUndefined();
});
