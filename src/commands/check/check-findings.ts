import type {
  GroupCheck,
  GroupSummary,
  ImportCheck,
  PersonCheck,
  PersonState,
} from '../../domain/imports/import-check.ts';
import type { Tally } from '../../domain/pairs/outcome.ts';
import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { readCheck } from '../../ledger/checks/check-store.ts';
import { problemGroups, summarizeGroups } from '../../ledger/checks/group-checks.ts';
import { countUserChecks, readUserChecks } from '../../ledger/checks/user-checks.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { countOwnTexts } from '../../ledger/pairs/message-store.ts';
import { readRecords } from '../../ledger/results/read-records.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';

/** Number of items of each kind that the report lists by name. */
export const FIRST = 20;

/** People found by a check: their number, and the first of them. */
export interface PeopleFound {
  count: number;
  first: readonly PersonCheck[];
}

/** Everything that a check reports. Long lists are cut to their first items. */
export interface Findings {
  tallies: readonly Tally[];
  check: ImportCheck;
  groups: GroupSummary;
  problematic: readonly GroupCheck[];
  missing: PeopleFound;
  dismissed: PeopleFound;
  unnotified: PeopleFound;
  rejects: readonly ResultRecord[];
  /** Pairs with their own invitation text, instead of the import's. */
  ownTexts: number;
  /** The last import that ended, if workgroups seem to be switched off by its outcomes; otherwise null. */
  switchedOffAfter: number | null;
}

/** Reads the findings of an import's check, which must be complete. */
export async function readFindings(
  db: Db,
  importId: number,
  switchedOffAfter: number | null,
): Promise<Findings> {
  const check = await readCheck(db, importId);
  if (check === undefined) throw new Error(`import ${importId} has not been checked`);
  const people = async (state: PersonState) => ({
    count: await countUserChecks(db, importId, state),
    first: await begin(readUserChecks(db, importId, state)),
  });
  return {
    ...{ check, switchedOffAfter },
    tallies: await readTallies(db, importId),
    groups: await summarizeGroups(db, importId),
    problematic: await problemGroups(db, importId, FIRST),
    missing: await people('missing'),
    dismissed: await people('dismissed'),
    unnotified: await people('unnotified'),
    ownTexts: await countOwnTexts(db, importId),
    rejects: await begin(readRecords(db, importId, { outcome: 'rejected' })),
  };
}

async function begin<T>(items: AsyncIterable<T>): Promise<T[]> {
  const first: T[] = [];
  for await (const item of items) {
    if (first.push(item) === FIRST) break;
  }
  return first;
}
