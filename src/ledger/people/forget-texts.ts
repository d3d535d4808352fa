import { hasAddressIn, type Person } from '../../domain/pairs/person.ts';
import type { Db } from '../db/schema.ts';

/** A text has at most 20,000 characters. */
const TEXTS_PER_PAGE = 200;
/** Stands in place of an address that was removed. */
const REMOVED = '…';

/** Removes a person's addresses from the invitation texts of an import, also those of other people's rows. */
export async function forgetInTexts(tx: Db, importId: number, person: Person): Promise<void> {
  if (person.emails.length === 0) return;
  for (let after = 0; ; ) {
    const rows = await tx
      .selectFrom('messages')
      .select(['id', 'text'])
      .where('import_id', '=', importId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(TEXTS_PER_PAGE)
      .execute();
    for (const { id, text } of rows.filter((row) => hasAddressIn(row.text, person))) {
      const changed = { text: withoutAddresses(text, person), digest: `forgotten ${id}` };
      await tx.updateTable('messages').set(changed).where('id', '=', id).execute();
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < TEXTS_PER_PAGE) break;
    after = last.id;
  }
  const found = await tx
    .selectFrom('imports')
    .select('message')
    .where('id', '=', importId)
    .executeTakeFirst();
  const text = found?.message ?? '';
  if (!hasAddressIn(text, person)) return;
  const message = withoutAddresses(text, person);
  await tx.updateTable('imports').set({ message }).where('id', '=', importId).execute();
}

/** @returns nothing of a text in which an address has invisible characters */
function withoutAddresses(text: string, person: Person): string {
  const without = person.emails.reduce(
    (left, email) => left.replace(new RegExp(escaped(email), 'giu'), REMOVED),
    text,
  );
  return hasAddressIn(without, person) ? REMOVED : without;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
