import { isUtf8 } from 'node:buffer';

/** What programs take UTF-8 for that know no better. */
const CODE_PAGES = ['ibm866', 'windows-1251', 'windows-1252'] as const;

/** A byte order mark of UTF-8 in these, and in the western pages of a console (437, 850). */
const MARKS = ['я╗┐', 'п»ї', 'ï»¿', '∩╗┐', '´╗┐'];

/** A word may look so by chance; no text has so many such characters and no others. */
const CHARACTERS_NEEDED = 4;

const FOREIGN = /[^\0-\x7f]/;
/** Not at a blank of another kind, which may be half a letter. */
const WORD = /[^ \t\r\n,;"|]+/g;
/** Latin, Greek, Cyrillic, and the signs that stand in texts of these. */
const LIKELY = /^[\0-\u052f\u2000-\u206f\u20ac\u2116\u2122]*$/;

/**
 * @returns whether a text was UTF-8 that a program has read in another encoding and saved like that, as
 * `>` does in PowerShell 5: all its letters but the English ones are wrong
 */
export function isGarbled(text: string): boolean {
  if (MARKS.some((mark) => text.startsWith(mark))) return true;
  if (!FOREIGN.test(text)) return false;
  const words = (text.match(WORD) ?? []).filter((word) => FOREIGN.test(word));
  return CODE_PAGES.some((page) => areGarbled(words, bytesOf(page)));
}

/** Whether each of the words makes UTF-8 when it is put back into the bytes that it was read from. */
function areGarbled(words: readonly string[], byteOf: ReadonlyMap<string, number>): boolean {
  let characters = 0;
  for (const word of words) {
    // No UTF-8 has this byte.
    const bytes = Buffer.from(Array.from(word, (character) => byteOf.get(character) ?? 0xff));
    const original = bytes.toString();
    if (!isUtf8(bytes) || !LIKELY.test(original)) return false;
    characters += original.match(/[^\0-\x7f]/g)?.length ?? 0;
  }
  return characters >= CHARACTERS_NEEDED;
}

/** What byte stands for a character. */
function bytesOf(page: string): ReadonlyMap<string, number> {
  const bytes = Uint8Array.from({ length: 0xff }, (_, byte) => byte);
  const characters = Array.from(new TextDecoder(page).decode(bytes));
  return new Map(characters.map((character, byte) => [character, byte]));
}
