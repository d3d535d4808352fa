import { expect, test } from 'vitest';
import { eventOf } from '../../src/dashboard/features/notify/page-event.ts';
import type { Import } from '../../src/server/schemas/import-schema.ts';
import { anImport } from './fake-api/import-data.ts';

const AT = Date.parse('2026-11-24T12:00:00.000Z');
const inMinutes = (minutes: number) => new Date(AT + minutes * 60_000).toISOString();

const shown = (state: Import['state'], waits?: number): Import =>
  anImport({ state, waitingUntil: waits === undefined ? null : inMinutes(waits) });

test.each([
  [shown('running'), shown('running'), undefined],
  [shown('running'), shown('finished'), 'finished'],
  [shown('paused'), shown('finished'), 'finished'],
  [shown('finished'), shown('finished', 9), undefined],
  [shown('finished'), shown('running'), undefined],
  [shown('running'), shown('held', 9), 'held'],
  [shown('held', 1), shown('held', 9), undefined],
  [shown('held', 1), shown('running'), undefined],
  [shown('running'), shown('cancelled'), undefined],
  [shown('running'), shown('running', 1), undefined],
  [shown('running'), shown('running', 6), 'waiting'],
  [shown('running', 6), shown('running', 9), undefined],
  [shown('running', 1), shown('running', 9), 'waiting'],
])('%#: detects an event of an import', (before, now, news) => {
  expect(eventOf(before, now, AT)).toBe(news);
});
