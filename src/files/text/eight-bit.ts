import { analyse } from 'chardet';

type EightBit = 'windows-1251' | 'windows-1252';

/** Letters in windows-1251, including the Ukrainian ones, and mostly also in windows-1252. */
const WORDS = /[A-Za-z\xa8\xaa\xaf\xb2\xb3\xb8\xba\xbf-\xff]+/g;
const FOREIGN_LETTER = /[\xa8\xb8\xc0-\xff]/;
const ASCII_LETTER = /[A-Za-z]/;
/** № is ¹ in windows-1252, and the С of 1С or the Б of 5Б an accented capital letter. */
const RUSSIAN_NUMBER = /(?:^| )\xb9|[0-9][\xc0-\xd6\xd8-\xdf](?![A-Za-z\xc0-\xff])/g;
/** € and £ are Ђ and Ј in windows-1251. */
const WESTERN_SIGN = /[\x80\xa3]/g;

/**
 * Distinguishes windows-1251 from windows-1252 by a file's non-ASCII words. The library detects languages
 * by their most frequent trigrams. That is reliable, but needs some text: for a header and a few names it
 * often finds nothing (and for whole files it finds Latin, because of the addresses). Then the shape of
 * the words decides.
 */
export const guessEightBit = (words: Uint8Array): EightBit =>
  guessByLibrary(words) ?? guessByShape(words) ?? 'windows-1252';

/** @returns the better ranked of our two encodings in the library's result */
function guessByLibrary(words: Uint8Array): EightBit | undefined {
  for (const { name } of analyse(words)) {
    if (name === 'windows-1251') return name;
    if (name === 'windows-1252' || name === 'ISO-8859-1') return 'windows-1252';
  }
  return undefined;
}

/** Cyrillic words contain no ASCII letters; Western words almost always contain some. */
function guessByShape(words: Uint8Array): EightBit | undefined {
  const text = Buffer.from(words).toString('latin1');
  let cyrillic = text.match(RUSSIAN_NUMBER)?.length ?? 0;
  let western = text.match(WESTERN_SIGN)?.length ?? 0;
  for (const word of text.match(WORDS) ?? []) {
    if (!FOREIGN_LETTER.test(word)) continue;
    if (ASCII_LETTER.test(word)) western++;
    // A single letter can be и or è.
    else if (word.length > 1) cyrillic++;
  }
  if (cyrillic === western) return undefined;
  return cyrillic > western ? 'windows-1251' : 'windows-1252';
}
