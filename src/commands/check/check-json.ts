import type { Import } from '../../domain/imports/import.ts';
import type { GroupCheck, PersonCheck } from '../../domain/imports/import-check.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import { readGroupChecks } from '../../ledger/checks/group-checks.ts';
import { readUserChecks } from '../../ledger/checks/user-checks.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { describeDetails } from '../../messages/row-details.ts';
import type { Findings } from './check-findings.ts';

/**
 * What a check has found as one JSON object, in pieces: the memory does not grow with the groups.
 *
 * @param csv where all rejects are
 */
export async function* checkJson(
  db: Db,
  { check, tallies, rejects, ownTexts }: Findings,
  { id, rows, pairs, message }: Import,
  csv: string | null,
): AsyncGenerator<string> {
  const counts = countByOutcome(tallies);
  const head = {
    rows,
    pairs,
    message: { text: message, ownTexts },
    duplicates: counts.duplicate,
    rejects: {
      count: counts.rejected,
      first: rejects.map(({ line, groupId, userId, reason, details }) => ({
        ...{ line, group: groupId, user: userId, reason },
        detail: describeDetails(details),
      })),
      csv,
    },
  };
  yield `${JSON.stringify(head).slice(0, -1)},"groups":`;
  yield* list(readGroupChecks(db, id), groupOf);
  yield `,"people":{"count":${check.people},"missing":`;
  yield* list(readUserChecks(db, id, 'missing'), personOf);
  yield ',"dismissed":';
  yield* list(readUserChecks(db, id, 'dismissed'), personOf);
  const { invitations, forecast, notShown } = check;
  yield `},${JSON.stringify({ invitations, forecast, notShown }).slice(1)}\n`;
}

const ITEMS_PER_PIECE = 500;

async function* list<T>(
  items: AsyncIterable<T>,
  toJson: (item: T) => object,
): AsyncGenerator<string> {
  let piece = '[';
  let [comma, count] = ['', 0];
  for await (const item of items) {
    piece += comma + JSON.stringify(toJson(item));
    comma = ',';
    count += 1;
    if (count % ITEMS_PER_PIECE !== 0) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}]`;
}

const groupOf = ({ failing: _, ...group }: GroupCheck): object => group;

const personOf = ({ id, name }: PersonCheck): object => ({ id, name });
