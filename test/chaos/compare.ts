import { parse } from 'csv-parse/sync';
import type { Truth } from '../../src/sandbox/truth.ts';
import type { ExpectedPair, Scenario } from './scenario.ts';

/**
 * Compares the results of an import with the state of the portal.
 *
 * @returns the differences, one sentence each
 */
export function compare(scenario: Scenario, resultsCsv: string, truth: Truth): string[] {
  const rows: Record<string, string>[] = parse(resultsCsv, { bom: true, columns: true });
  const found = new Map<string, string>();
  const wrong: string[] = [];
  let duplicates = 0;
  for (const row of rows) {
    if (row.outcome === 'duplicate') duplicates++;
    else {
      const key = `${row.group_id}/${row.user_id}`;
      if (found.has(key)) wrong.push(`${key} has two outcomes`);
      found.set(key, `${row.outcome}/${row.reason}`);
    }
  }
  if (rows.length !== scenario.rows) wrong.push(`${rows.length} records of ${scenario.rows} rows`);
  if (duplicates + scenario.pairs.length !== scenario.rows) wrong.push(`${duplicates} duplicates`);

  const notified = new Map(
    truth.notifications.map(({ groupId, userId, count }) => [`${groupId}/${userId}`, count]),
  );
  for (const pair of scenario.pairs) {
    const key = `${pair.groupId}/${pair.userId}`;
    const outcome = found.get(key) ?? 'none';
    const count = notified.get(key) ?? 0;
    if (count > 1) wrong.push(`${key} was notified ${count} times (${outcome})`);
    if (!agrees(pair, outcome, count)) {
      wrong.push(`${key} is ${outcome}, notified ${count} times, expected ${pair.expected}`);
    }
    notified.delete(key);
  }
  for (const [key] of notified) wrong.push(`${key} was notified and is not in the file`);
  return wrong;
}

function agrees({ expected }: ExpectedPair, outcome: string, notified: number): boolean {
  if (notified > 0) return outcome === 'invited/returned' || outcome === 'invited/confirmed';
  return outcome === expected && expected !== 'invited/returned';
}
