import { analyse } from 'chardet';

type EightBit = 'windows-1251' | 'windows-1252';

/** What are letters in windows-1251 (the Ukrainian ones, too) and mostly in windows-1252. */
const WORDS = /[A-Za-z\xa8\xaa\xaf\xb2\xb3\xb8\xba\xbf-\xff]+/g;
const FOREIGN_LETTER = /[\xa8\xb8\xc0-\xff]/;
const ASCII_LETTER = /[A-Za-z]/;
/** № is ¹ in windows-1252, and the С of 1С or the Б of 5Б an accented capital letter. */
const RUSSIAN_NUMBER = /(?:^| )\xb9|[0-9][\xc0-\xd6\xd8-\xdf](?![A-Za-z\xc0-\xff])/g;
/** € and £ are Ђ and Ј in windows-1251. */
const WESTERN_SIGN = /[\x80\xa3]/g;

/**
 * Tells windows-1251 from windows-1252 by a file's foreign words. The library knows languages by
 * their commonest letters in threes. That is sure, but it needs some text: of a header and a few
 * names it often says nothing (of whole files it says Latin, because the addresses are). Then the
 * words' shape decides.
 */
export const guessEightBit = (words: Uint8Array): EightBit =>
  guessByLibrary(words) ?? guessByShape(words) ?? 'windows-1252';

/** Of the many encodings in the library's ranking, the better of ours. */
function guessByLibrary(words: Uint8Array): EightBit | undefined {
  for (const { name } of analyse(words)) {
    if (name === 'windows-1251') return name;
    if (name === 'windows-1252' || name === 'ISO-8859-1') return 'windows-1252';
  }
  return undefined;
}

/** Cyrillic words have no ASCII letter, Western ones hardly ever have none. */
function guessByShape(words: Uint8Array): EightBit | undefined {
  const text = Buffer.from(words).toString('latin1');
  let cyrillic = text.match(RUSSIAN_NUMBER)?.length ?? 0;
  let western = text.match(WESTERN_SIGN)?.length ?? 0;
  for (const word of text.match(WORDS) ?? []) {
    if (!FOREIGN_LETTER.test(word)) continue;
    if (ASCII_LETTER.test(word)) western++;
    // A letter alone may be и or è.
    else if (word.length > 1) cyrillic++;
  }
  if (cyrillic === western) return undefined;
  return cyrillic > western ? 'windows-1251' : 'windows-1252';
}
