import { LETTER_PAIRS } from './letter-pairs.ts';

/** Languages with an alphabet in common. */
export type LanguageGroup = keyof typeof LETTER_PAIRS;

/** Signs between words: no letter is before the first ones, and none after the second ones. */
const BEFORE_WORDS = new Set('«„‘‚№§¿¡•£±×');
const AFTER_WORDS = new Set('»”…©®™€½');
const BETWEEN_WORDS = new Set('“’–—·°\u00a0');
/** English words with an apostrophe, as word processors write them. */
const CONTRACTION = /^[a-z]+’(?:d|ll|m|re|s|t|ve) ?$/i;
const RAISED = new Set('¹²³');
/** Quotation marks that come in pairs. */
const PAIRED = [
  ['„', '“”'],
  ['«', '»'],
  ['‘', '’'],
] as const;

/** Letters that are in the tables as others. */
const SPELLINGS = new Map([
  ['ș', 'ş'],
  ['ț', 'ţ'],
  ['Ș', 'ş'],
  ['Ț', 'ţ'],
  ['İ', 'i'],
]);

/** Costs in half nats, as in the table. */
const COST = {
  /** A letter that follows a letter of another alphabet, as in no word. */
  mixed: 24,
  /** A capital letter within a word. */
  capital: 20,
  /** A letter beside a digit. */
  digit: 8,
  contraction: 4,
  /** A no-break space beside no letter. */
  blank: 2,
  typographic: 12,
  /** Most for a pair of letters: the tables know few words. Those of Cyrillic know more. */
  most: 14,
  mostCyrillic: 20,
  /** A control character, a frame, or a letter of other languages. */
  foreign: 32,
};

interface Table {
  readonly places: ReadonlyMap<string, number>;
  readonly costs: readonly (readonly number[])[];
}

const tables = new Map<LanguageGroup, Table>();

function tableOf(group: LanguageGroup): Table {
  const known = tables.get(group);
  if (known !== undefined) return known;
  const { letters, costs } = LETTER_PAIRS[group];
  const table = {
    places: new Map([...letters].map((letter, place) => [letter, place])),
    costs: costs.split(/\s/).map((row) => Array.from(row, (digit) => Number.parseInt(digit, 36))),
  };
  tables.set(group, table);
  return table;
}

/** A character with its place in the table, 0 for those that are not in it. */
interface Placed {
  character: string;
  place: number;
}

const isLetter = ({ character, place }: Placed): boolean => place > 0 || /[a-z]/i.test(character);

/** Whether it is a letter that is not in the table. */
const isOther = ({ character, place }: Placed): boolean => place === 0 && /[a-z]/i.test(character);

/**
 * How unlikely a text is in a group of languages: the sum over its pairs of characters of which one is not
 * ASCII. The same bytes in different encodings have the same number of these, so that their sums can be
 * compared.
 *
 * @returns half nats, and the number of pairs
 */
export function costOfWord(text: string, group: LanguageGroup): { cost: number; pairs: number } {
  if (CONTRACTION.test(text)) return { cost: COST.contraction, pairs: 2 };
  const { places, costs } = tableOf(group);
  const most = group === 'cyrillic' ? COST.mostCyrillic : COST.most;
  let [cost, pairs] = [0, 0];
  let before: Placed = { character: ' ', place: 0 };
  for (const character of text) {
    const place = places.get(lowerCase(character)) ?? 0;
    if (character > '\x7f' || before.character > '\x7f') {
      pairs++;
      cost += costOfPair(before, { character, place });
      if (place > 0 || before.place > 0) {
        cost += Math.min(most, costs[before.place]?.[place] ?? 0);
      }
    }
    before = { character, place };
  }
  return { cost, pairs };
}

/** @returns the letter as it is in the tables, with a cedilla for a comma below */
const lowerCase = (character: string): string =>
  SPELLINGS.get(character) ?? character.toLowerCase();

/** @returns the number of kinds of quotation marks without their counterparts */
export const unpairedQuotes = (text: string): number =>
  PAIRED.filter(
    ([opening, closing]) =>
      text.includes(opening) && ![...closing].some((one) => text.includes(one)),
  ).length;

/** @returns the costs that are not in the table */
function costOfPair(before: Placed, { character, place }: Placed): number {
  const isAfterLetter = isLetter(before);
  if (character > '\x7f' && place === 0) {
    if (character === '\u00a0' && !isAfterLetter) return COST.blank;
    const isSign =
      AFTER_WORDS.has(character) ||
      BETWEEN_WORDS.has(character) ||
      (RAISED.has(character) && before.character !== ' ') ||
      (BEFORE_WORDS.has(character) && !isAfterLetter);
    return isSign ? COST.typographic : COST.foreign;
  }
  if (AFTER_WORDS.has(before.character) && isLetter({ character, place })) return COST.foreign;
  const isCapital =
    character !== character.toLowerCase() && before.character !== before.character.toUpperCase();
  const isMixed =
    (place > 0 && isOther(before)) || (before.place > 0 && isOther({ character, place }));
  const isDigit =
    (before.place > 0 && /\d/.test(character)) || (place > 0 && /\d/.test(before.character));
  return (isCapital ? COST.capital : 0) + (isDigit ? COST.digit : 0) + (isMixed ? COST.mixed : 0);
}
