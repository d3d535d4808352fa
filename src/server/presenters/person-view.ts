import { userId } from '../../domain/pairs/ids.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { readEmails } from '../../ledger/pairs/import-emails.ts';
import type { PersonRecord as Found } from '../../ledger/results/search-person.ts';
import type { PersonRecord } from '../schemas/pair-schema.ts';
import { namesOf } from './record-names.ts';
import { recordView } from './record-view.ts';

/** @returns a person's records with the file name, names and e-mail address of their imports */
export async function showPeople(db: Db, records: readonly Found[]): Promise<PersonRecord[]> {
  const views: PersonRecord[] = [];
  for (const [importId, some] of Map.groupBy(records, (record) => record.importId)) {
    const fileName = (await findImport(db, importId))?.fileName ?? '';
    const names = await namesOf(db, importId, some);
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
