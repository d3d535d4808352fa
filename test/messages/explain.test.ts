import { expect, test } from 'vitest';
import { OUTCOMES } from '../../src/domain/pairs/outcome.ts';
import { explain, isRetryable } from '../../src/messages/explain.ts';
import { SETTLED } from '../ledger/sample-pairs.ts';

const REJECTS = [
  ...['missing_group', 'bad_group_id', 'missing_user', 'bad_user_id', 'unknown_group'],
  ...['ambiguous_group', 'unknown_email', 'ambiguous_email', 'bad_row'],
].map((reason) => ({ outcome: 'rejected' as const, reason }));

test.each([...SETTLED, ...REJECTS])('$outcome $reason has a sentence', (row) => {
  const { meaning, remedy } = explain(row.outcome, row.reason);
  expect(meaning).toMatch(/^[A-Z].*[.]$/);
  const isWrong = ['failed', 'unknown', 'rejected', 'cancelled'].includes(row.outcome);
  expect(remedy !== null).toBe(isWrong);
  if (remedy !== null) expect(remedy).toMatch(/^[A-Z].*[.]$/);
});

test('outcomes without a reason have a sentence, too', () => {
  expect(explain('pending', null).meaning).toBe('No outcome yet.');
  expect(explain('duplicate', 'of_line_7').remedy).toBeNull();
  expect(explain('failed', 'something_new').meaning).toBe('something_new');
});

test('failed and unknown pairs can be retried', () => {
  expect(OUTCOMES.filter(isRetryable)).toEqual(['failed', 'unknown']);
});
