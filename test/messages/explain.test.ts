import { expect, test } from 'vitest';
import { isRetryable, reasonsToRetry } from '../../src/domain/pairs/outcome.ts';
import { explain } from '../../src/messages/explain.ts';
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

test('a retry repeats what another try can help, and the rest only if it is named', () => {
  const every = SETTLED.filter(({ outcome }) => ['failed', 'unknown'].includes(outcome));
  const helped = every.filter(({ reason }) => reason !== 'user_not_found');
  expect(SETTLED.filter(({ reason }) => isRetryable(reason))).toEqual(helped);
  expect(reasonsToRetry('by_user')).toEqual(['by_user']);
  expect(reasonsToRetry('user_not_found')).toEqual(['user_not_found']);
  expect(reasonsToRetry('already_member')).toEqual([]);
});
