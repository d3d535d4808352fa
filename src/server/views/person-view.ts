import { userId } from '../../domain/ids.ts';
import { readEmails } from '../../ledger/import-emails.ts';
import { findImport } from '../../ledger/imports.ts';
import type { Db } from '../../ledger/schema.ts';
import type { PersonRecord as Found } from '../../ledger/search-person.ts';
import type { PersonRecord } from '../schemas/pair.ts';
import { groupNames } from './group-names.ts';
import { recordView } from './record-view.ts';

/** @returns a person's records with what their imports know of file, group and address */
export async function showPeople(db: Db, records: readonly Found[]): Promise<PersonRecord[]> {
  const views: PersonRecord[] = [];
  for (const [importId, some] of Map.groupBy(records, (record) => record.importId)) {
    const fileName = (await findImport(db, importId))?.fileName ?? '';
    const { names } = await groupNames(db, importId, some);
    const ids = new Set(some.flatMap((record) => userId(Number(record.userId)) ?? []));
    const emails = await readEmails(db, importId, [...ids]);
    for (const record of some) {
      const id = userId(Number(record.userId));
      const email = (id === undefined ? undefined : emails.get(id)) ?? null;
      views.push({ ...recordView(record, names), importId, fileName, email });
    }
  }
  return views;
}
