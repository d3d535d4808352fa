import { explain } from '../../../src/messages/explain.ts';
import { describeDetails } from '../../../src/messages/row-details.ts';
import type { PairRecord, PersonRecord } from '../../../src/server/schemas/pair-schema.ts';
import { at } from './import-data.ts';

/** @returns a pair, a duplicate or a reject, with the server's description of its outcome */
export function aRecord(given: Partial<PairRecord> = {}): PairRecord {
  const { outcome = 'invited', reason = 'returned', details = [] } = given;
  const isPair = outcome !== 'rejected' && outcome !== 'duplicate';
  return {
    ...{ place: 1, line: 2, group: '2', user: '12', groupName: 'Marketing', userName: null },
    ...{ outcome, reason, details },
    detail: describeDetails(details),
    ...{ attempts: isPair ? 1 : null, settledAt: isPair ? at(9, 2) : null, corrected: null },
    ...{ ...explain(outcome, reason), ...given },
  };
}

/** @returns a person's pair with its import */
export const aPersonRecord = (given: Partial<PersonRecord> = {}): PersonRecord => ({
  ...{ ...aRecord(given), importId: 1, fileName: 'people.csv', email: null, ...given },
});
