import type { Import } from '../domain/imports/import.ts';
import type { Person } from '../domain/pairs/person.ts';
import type { Db } from '../ledger/db/schema.ts';
import { readPersonFacts } from '../ledger/people/person-facts.ts';
import { type PersonRecord, readPersonRecords } from '../ledger/people/person-records.ts';
import { withNames } from '../ledger/results/with-names.ts';
import { describeDetails } from '../messages/row-details.ts';
import { importsOfPerson } from './forget-person.ts';
import { openOriginals } from './open-originals.ts';

const NOTHING = { email: null, name: null, checked: null, invitedBefore: [], orders: [] };

/** @returns everything that is stored about a person, for JSON */
export async function exportPerson(db: Db, dataDir: string, person: Person) {
  const imports = [];
  for (const { found, rows } of await importsOfPerson(db, person)) {
    const { userId } = person;
    const facts = userId === undefined ? NOTHING : await readPersonFacts(db, found.id, userId);
    const records = await readPersonRecords(db, found.id, rows);
    if (records.length === 0 && facts.email === null && facts.name === null) continue;
    const { id, fileName, portal, state, createdAt, message } = found;
    imports.push({
      ...{ id, fileName, portal, state, createdAt, message, ...facts },
      records: await describe(db, dataDir, found, records),
    });
  }
  const names = imports.flatMap(({ name }) => (name === null ? [] : [name]));
  return {
    person: { userId: person.userId ?? null, emails: person.emails, names: [...new Set(names)] },
    imports,
  };
}

/** @param records in the order of the file */
async function describe(
  db: Db,
  dataDir: string,
  found: Import,
  records: readonly PersonRecord[],
): Promise<object[]> {
  await using originals = await openOriginals(db, dataDir, found);
  const described: object[] = [];
  async function* inOrder() {
    yield* records;
  }
  let at = 0;
  for await (const record of withNames(db, found.id, inOrder())) {
    const { line, groupId, userId, outcome, reason, details, attempts, settledAt } = record;
    const cells = (await originals?.cellsAt(line)) ?? [];
    const message = records[at++]?.message ?? null;
    described.push({
      ...{ line, groupId, groupName: record.groupName ?? null, userId, outcome, reason },
      ...{ detail: describeDetails(details), attempts, settledAt, message },
      cells: Object.fromEntries((originals?.header ?? []).map((name, i) => [name, cells[i] ?? ''])),
    });
  }
  return described;
}
