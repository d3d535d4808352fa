import type { Import } from '../../domain/imports/import.ts';
import type { GroupCheck, PersonCheck } from '../../domain/imports/import-check.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import type { FormatChoices } from '../../files/choices/format-choices.ts';
import { readGroupChecks } from '../../ledger/checks/group-checks.ts';
import { readUserChecks } from '../../ledger/checks/user-checks.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { describeDetails } from '../../messages/row-details.ts';
import { limitsView, profileView } from '../../server/presenters/profile-view.ts';
import type { FoundPortal } from '../run/describe-portal.ts';
import type { Findings } from './check-findings.ts';

/**
 * The findings as one JSON object, in pieces.
 *
 * @param csv path of the file with all rejects
 * @param remembered what was chosen for the file's header before and was used again
 */
export async function* checkJson(
  db: Db,
  { check, tallies, rejects, ownTexts, switchedOffAfter }: Findings,
  { id, rows, pairs, message, emptyTexts }: Import,
  csv: string | null,
  remembered: FormatChoices,
  { profile, limits }: FoundPortal,
): AsyncGenerator<string> {
  const counts = countByOutcome(tallies);
  const head = {
    portal: { profile: profileView(profile), limits: limitsView(limits) },
    remembered,
    rows,
    pairs,
    message: { text: message, ownTexts, emptyTexts },
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
  yield ',"unnotified":';
  yield* list(readUserChecks(db, id, 'unnotified'), personOf);
  const { invitations, forecast, notShown, filteredTexts } = check;
  const rest = { invitations, forecast, notShown, filteredTexts, switchedOffAfter };
  yield `},${JSON.stringify(rest).slice(1)}\n`;
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
