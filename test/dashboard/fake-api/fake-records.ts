import { explain } from '../../../src/messages/explain.ts';
import { describeDetails } from '../../../src/messages/row-details.ts';
import type { PairRecord, PersonRecord } from '../../../src/server/schemas/pair-schema.ts';
import { at } from './import-data.ts';

/** @returns a pair, a duplicate or a reject, with what its outcome means in the server's words */
export function aRecord(given: Partial<PairRecord> = {}): PairRecord {
  const { outcome = 'invited', reason = 'returned', details = [] } = given;
  const isPair = outcome !== 'rejected' && outcome !== 'duplicate';
  return {
    ...{ line: 2, group: '2', user: '12', groupName: 'Marketing', outcome, reason, details },
    detail: describeDetails(details),
    ...{ attempts: isPair ? 1 : null, settledAt: isPair ? at(9, 2) : null },
    ...{ ...explain(outcome, reason), ...given },
  };
}

/** @returns a person's pair with the import that it belongs to */
export const aPersonRecord = (given: Partial<PersonRecord> = {}): PersonRecord => ({
  ...{ ...aRecord(given), importId: 1, fileName: 'people.csv', email: null, ...given },
});
