import { isUtf8 } from 'node:buffer';

/** Encodings that programs wrongly decode UTF-8 with. */
const CODE_PAGES = ['ibm866', 'windows-1251', 'windows-1252'] as const;

/** The byte order mark of UTF-8 decoded with these, and with the Western console code pages (437, 850). */
const MARKS = ['я╗┐', 'п»ї', 'ï»¿', '∩╗┐', '´╗┐'];

/** One word can look garbled by chance; a text with this many such characters, and no others, does not. */
const CHARACTERS_NEEDED = 4;

const FOREIGN = /[^\0-\x7f]/;
/** Words are not split at other kinds of blanks, which can be half a letter. */
const WORD = /[^ \t\r\n,;"|]+/g;
/** Latin, Greek, Cyrillic, and the symbols that occur in such texts. */
const LIKELY = /^[\0-\u052f\u2000-\u206f\u20ac\u2116\u2122]*$/;

/** @returns whether a text was UTF-8, decoded with another encoding and saved, as by `>` in PowerShell 5 */
export function isGarbled(text: string): boolean {
  if (MARKS.some((mark) => text.startsWith(mark))) return true;
  if (!FOREIGN.test(text)) return false;
  const words = (text.match(WORD) ?? []).filter((word) => FOREIGN.test(word));
  return CODE_PAGES.some((page) => areGarbled(words, bytesOf(page)));
}

/** Whether each word is valid UTF-8 when it is converted back to its original bytes. */
function areGarbled(words: readonly string[], byteOf: ReadonlyMap<string, number>): boolean {
  let characters = 0;
  for (const word of words) {
    // 0xff does not occur in UTF-8.
    const bytes = Buffer.from(Array.from(word, (character) => byteOf.get(character) ?? 0xff));
    const original = bytes.toString();
    if (!isUtf8(bytes) || !LIKELY.test(original)) return false;
    characters += original.match(/[^\0-\x7f]/g)?.length ?? 0;
  }
  return characters >= CHARACTERS_NEEDED;
}

function bytesOf(page: string): ReadonlyMap<string, number> {
  const bytes = Uint8Array.from({ length: 0xff }, (_, byte) => byte);
  const characters = Array.from(new TextDecoder(page).decode(bytes));
  return new Map(characters.map((character, byte) => [character, byte]));
}
