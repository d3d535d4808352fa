import { hasAddressIn, type Person } from '../../domain/pairs/person.ts';
import type { Db } from '../db/schema.ts';
import { readRowTexts } from '../pairs/message-store.ts';

/** Stands in place of an address that was removed. */
const REMOVED = '…';

/** Removes a person's addresses from the invitation texts of an import, also those of other people's rows. */
export async function forgetInTexts(tx: Db, importId: number, person: Person): Promise<void> {
  if (person.emails.length === 0) return;
  for await (const { id, text } of readRowTexts(tx, importId)) {
    if (!hasAddressIn(text, person)) continue;
    const changed = { text: withoutAddresses(text, person), digest: `forgotten ${id}` };
    await tx.updateTable('messages').set(changed).where('id', '=', id).execute();
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
