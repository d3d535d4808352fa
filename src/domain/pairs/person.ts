import { emailKey } from './email-key.ts';
import type { UserId } from './ids.ts';

/** A person as the imports know them. */
export interface Person {
  /** Undefined when no address of theirs ever stood for a user. */
  userId: UserId | undefined;
  /** Addresses that stand for the person, in the form of `emailKey`. */
  emails: readonly string[];
}

/** Separates the items of a list in a cell, and an address or id from what stands around it. */
const AROUND = /[\s;|,<>()[\]"'“”«»/?=]+/u;
const INVISIBLE = /\p{Cf}/gu;
const MAILTO = /^mailto:/i;

/** @returns whether a cell of users names the person, by id or by address, alone or among others */
export const isNamedIn = (cell: string, { userId, emails }: Person): boolean =>
  itemsOf(cell).some(
    (item) => emails.includes(item) || (userId !== undefined && isId(item, userId)),
  );

/** @returns whether any cell or text contains an address of the person */
export const hasAddressIn = (text: string, { emails }: Person): boolean =>
  emails.length > 0 && itemsOf(text).some((item) => emails.includes(item));

const itemsOf = (text: string): string[] =>
  text
    .replace(INVISIBLE, '')
    .split(AROUND)
    .map((item) => emailKey(item.replace(MAILTO, '').replace(/[.:!]{1,3}$/, '')));

/** An id as spreadsheets write it: `17`, `017`, `17.0`. */
const isId = (item: string, userId: UserId): boolean =>
  /^\d+(\.0+)?$/.test(item) && Number(item) === userId;
