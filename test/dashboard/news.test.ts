import { expect, test } from 'vitest';
import { newsOf } from '../../src/dashboard/notify/news.ts';
import type { Import } from '../../src/server/schemas/import.ts';

const AT = Date.parse('2026-11-24T12:00:00.000Z');
const inMinutes = (minutes: number) => new Date(AT + minutes * 60_000).toISOString();

const anImport = (state: Import['state'], waits?: number): Import => ({
  ...{ id: 7, fileName: 'a.csv', portal: 'example.bitrix24.com', message: null, state },
  ...{ rows: 3, rejectedRows: 0, pairs: 3, tallies: [], perMinute: 0, etaSeconds: null },
  outcomes: {
    ...{ invited: 1, skipped: 0, failed: 0, unknown: 0 },
    ...{ rejected: 0, duplicate: 0, cancelled: 0, pending: 2 },
  },
  ...{ waitingUntil: waits === undefined ? null : inMinutes(waits), waitingFor: null, hold: null },
  ...{ format: null, progress: null, problem: null, who: null },
  ...{ createdAt: inMinutes(-9), startedAt: inMinutes(-8), finishedAt: null, workedSeconds: 0 },
});

test.each([
  [anImport('running'), anImport('running'), undefined],
  [anImport('running'), anImport('finished'), 'finished'],
  [anImport('paused'), anImport('finished'), 'finished'],
  [anImport('finished'), anImport('finished', 9), undefined],
  [anImport('finished'), anImport('running'), undefined],
  [anImport('running'), anImport('held', 9), 'held'],
  [anImport('held', 1), anImport('held', 9), undefined],
  [anImport('held', 1), anImport('running'), undefined],
  [anImport('running'), anImport('cancelled'), undefined],
  [anImport('running'), anImport('running', 1), undefined],
  [anImport('running'), anImport('running', 6), 'waiting'],
  [anImport('running', 6), anImport('running', 9), undefined],
  [anImport('running', 1), anImport('running', 9), 'waiting'],
])('%#: what is news of an import', (before, now, news) => {
  expect(newsOf(before, now, AT)).toBe(news);
});
