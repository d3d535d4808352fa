import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QuietHours } from '../../src/domain/time/quiet-hours.ts';
import { inviteDelivery } from '../../src/invite/operations/invite/invite-delivery.ts';
import { pack } from '../../src/invite/pack.ts';
import { send } from '../../src/invite/send.ts';
import { clearSent } from '../../src/ledger/delivery/sent-pairs.ts';
import { changeImport } from '../../src/ledger/imports/change-import.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { claimed } from '../ledger/sample-pairs.ts';
import { json, startOddServer } from '../portal/faulty-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline } from './pipeline.ts';

const RUNS = 60;
const NEVER = new AbortController().signal;
const HOUR_MS = 3_600_000;

/** Zones and moments at which their clocks change. */
const CHANGES = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
] as const;
const TIMES = [
  ['20:00', '08:00'],
  ['01:30', '02:30'],
  ['02:00', '03:00'],
  ['22:00', '02:15'],
  ['00:00', '12:00'],
] as const;

/** What clocks on the wall say, compared as text. */
function isNight(at: number, timeZone: string, [from, to]: readonly [string, string]): boolean {
  const time = new Date(at).toLocaleTimeString('sv', { timeZone }).slice(0, 5);
  return from < to ? time >= from && time < to : time >= from || time < to;
}

function quietHours(text: string): QuietHours {
  const hours = QuietHours.parse(text);
  if (typeof hours === 'string') throw new Error(hours);
  return hours;
}

async function open() {
  await using stack = new AsyncDisposableStack();
  const clock = new ManualClock();
  const left: number[] = [];
  const portal = await startOddServer((response) => {
    left.push(clock.now());
    json(response, 200, { result: [] });
  });
  const pipeline = stack.use(await openPipeline(clock));
  const context = pipeline.workFor(`${portal.origin}/rest/1/secret/`);
  const opened = stack.move();
  return {
    ...{ clock, left, pipeline, context },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

test('no request leaves in quiet hours, however long it waited for its mark', async () => {
  await using setting = await open();
  const { clock, left, pipeline, context } = setting;
  const id = await pipeline.start(context, crowd(1, 1));
  const range = await claimed(pipeline.db, id, 0, 'me');
  const pairs = await readSendable(pipeline.db, range);
  let sent = 0;
  const moment = fc.integer({ min: -30 * HOUR_MS, max: 30 * HOUR_MS });
  const edge = fc.integer({ min: -240, max: 240 }).map((n) => n * 15 * 60_000 + (n % 3) * 2_500);
  const wait = fc.integer({ min: 0, max: 2 * HOUR_MS });
  const change = fc.constantFrom(...CHANGES);
  await fc.assert(
    fc.asyncProperty(
      ...([change, fc.constantFrom(...TIMES), fc.oneof(moment, edge), wait] as const),
      async ([zone, changesAt], times, offset, waited) => {
        clock.set(Date.parse(changesAt) + offset - waited);
        const work = { ...context, quietHours: quietHours(`${times.join('-')} ${zone}`) };
        const request = { id: crypto.randomUUID(), commands: pack(pairs, 20)[0] ?? [] };
        // The ledger is locked for a time, after the request was reserved.
        const locked = changeImport(pipeline.db, id, async () => clock.pass(waited));
        const before = left.length;
        const [result] = await Promise.all([
          send(work, inviteDelivery(work, { range, owner: 'me' }), request, NEVER),
          locked,
        ]);
        const at = clock.now();
        // It may leave at any moment until its deadline.
        const mustWait = [at, at + context.client.leaveWithinMs].some((then) =>
          isNight(then, zone, times),
        );
        const seqs = pairs.map(({ seq }) => seq);
        await changeImport(pipeline.db, id, (tx) => clearSent(tx, id, request.id, seqs));
        expect(left.length - before).toBe(mustWait ? 0 : 1);
        if (mustWait) expect(result).toMatchObject({ kind: 'later', why: 'quiet_hours' });
        else sent += 1;
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(RUNS);
});

test('a turn in quiet hours sends nothing, and returns at their end', async () => {
  await using setting = await open();
  const { clock, left, pipeline, context } = setting;
  const id = await pipeline.start(context, crowd(1, 3));
  clock.set(Date.parse('2026-12-07T21:00:00Z'));
  const work = { ...context, quietHours: quietHours('20:00-08:00 UTC') };
  const result = await pipeline.turn(work, id);
  expect(result).toEqual({ kind: 'later', afterMs: 11 * HOUR_MS, why: 'quiet_hours' });
  expect(left).toEqual([]);
  clock.pass(11 * HOUR_MS);
  await pipeline.turn(work, id);
  expect(left.length).toBeGreaterThan(0);
});
