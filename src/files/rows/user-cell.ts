import { emailKey } from '../../domain/pairs/email-key.ts';
import { plainText } from './cell.ts';

const ADDRESS = /^[^\s@,:;<>"()[\]]+@[^\s@,:;<>"()[\]]+$/;
/** `Anna Berg <anna@example.com>`, as mail programs write people. */
const ANGLED = /^([^<>]*)<([^<>]+)>$/;
/** `anna@example.com (Anna Berg)` */
const COMMENTED = /^([^\s@(]+@[^\s@(]+)\s*\([^()@]*\)$/;
const MAILTO = /^mailto:([^?]*)/i;
const QUOTED = /^(?:"(.*)"|'(.*)'|[“„‟](.*)[“”]|[‘‚’](.*)[‘’]|«(.*)»)$/s;
/** `Anna Berg [10]`, as Bitrix24 shows people, and `[USER=10]Anna Berg[/USER]`, as it stores a mention. */
const NUMBERED = /^([^[\]@<>]*)\[(\d{1,10})\]$/;
const MENTION = /^\[user=(\d{1,10})[^\]]*\][^[\]]*\[\/user\]$/i;

/**
 * Finds the e-mail address in a part of a cell, in the forms in which programs write people. Invisible
 * characters are ignored.
 *
 * @returns undefined where there is no address, or perhaps another one
 */
export function addressIn(text: string): string | undefined {
  if (isPlainAddress(text)) return text;
  if (!text.includes('@')) return undefined;
  const plain = plainText(text);
  const [, name = '', angled] = ANGLED.exec(plain) ?? [];
  const [, commented] = COMMENTED.exec(plain) ?? [];
  const address = bare(angled ?? commented ?? plain);
  if (!ADDRESS.test(address)) return undefined;
  const isOther = name.includes('@') && emailKey(bare(name)) !== emailKey(address);
  return isOther ? undefined : address;
}

/** Of visible ASCII characters alone: {@link ADDRESS} with nothing around it, as in most cells. */
const PLAIN = /^[a-z0-9][!#-'*+./-9=?A-Z\\^_`a-z{|}~-]*@[!#-'*+./-9=?A-Z\\^_`a-z{|}~-]*[a-z0-9]$/i;

/** Whether {@link addressIn} returns a text as it is. */
export const isPlainAddress = (text: string): boolean => PLAIN.test(text);

/** @returns the number in a person's name as Bitrix24 writes it, which can still be an invalid id */
export function numberIn(text: string): number | undefined {
  if (!text.includes('[')) return undefined;
  const [, name = '', numbered] = NUMBERED.exec(text) ?? [];
  const [, mentioned] = MENTION.exec(text) ?? [];
  const number = /\p{L}/u.test(name) ? numbered : mentioned;
  return number === undefined ? undefined : Number(number);
}

/** @returns an address without quotes around it, `mailto:` and the end of a sentence */
function bare(text: string): string {
  const [, ...quoted] = QUOTED.exec(text.trim()) ?? [];
  const inner = quoted.find((one) => one !== undefined) ?? text;
  const [, linked] = MAILTO.exec(inner.trim()) ?? [];
  const address = (linked ?? inner).trim();
  let end = address.length;
  while (end > 0 && '.,'.includes(address.charAt(end - 1))) end--;
  return address.slice(0, end);
}
