import { decodeCodePage } from './code-pages.ts';
import type { Encoding } from './encoding.ts';
import { costOfWord, type LanguageGroup, unpairedQuotes } from './letter-costs.ts';

/** Encodings in which each byte is a character. */
export type EightBit = Exclude<Encoding, `utf-${string}`>;

const CYRILLIC = ['cyrillic'] as const;
const WESTERN = ['german', 'french', 'southern', 'nordic'] as const;
const CENTRAL = ['polish', 'czech', 'hungarian', 'romanian', 'german'] as const;
const TURKISH = ['turkish'] as const;

/** An encoding, how rare files in it are, in half nats, and the languages that are written in it. */
type Candidate<Name extends string> = readonly [Name, rare: number, readonly LanguageGroup[]];

/** The first of several that yield the same text counts. */
const SUPPORTED: readonly Candidate<EightBit>[] = [
  ['windows-1252', 0, WESTERN],
  ['windows-1251', 3, CYRILLIC],
  ['windows-1250', 6, CENTRAL],
  ['koi8-r', 8, CYRILLIC],
  ['ibm866', 8, CYRILLIC],
  ['x-mac-cyrillic', 11, CYRILLIC],
];

/** Encodings that files can have, and that are not read. */
const UNSUPPORTED: readonly Candidate<string>[] = [
  ['iso-8859-5', 8, CYRILLIC],
  ['koi8-u', 8, CYRILLIC],
  ['iso-8859-2', 8, CENTRAL],
  ['iso-8859-15', 8, WESTERN],
  ['macintosh', 8, WESTERN],
  ['windows-1254', 8, TURKISH],
  ['ibm850', 8, WESTERN],
  ['ibm437', 8, WESTERN],
  ['ibm852', 8, CENTRAL],
  ['ibm857', 12, TURKISH],
  ['x-mac-ce', 12, CENTRAL],
];

/** With less between two encodings, in half nats, a text can be in either of them. */
const LEAST_APART = 12;
/** A word is implausible if it costs more for each pair of characters, in half nats. */
const MOST_PER_PAIR = 14;
const MOST_IMPLAUSIBLE_WORDS = 0.2;
/** For a word in another language than most, in half nats. */
const OTHER_LANGUAGE = 12;
const UNPAIRED_QUOTE = 12;

/** Enough to decide, and few enough to take little time. */
const MOST_WORDS = 1000;

/** Without a letter of their alphabet, nothing speaks for these. */
const RARE_CYRILLIC: readonly EightBit[] = ['koi8-r', 'ibm866', 'x-mac-cyrillic'];

export interface EightBitGuess {
  encoding: EightBit;
  /**
   * The text is implausible in each encoding that we support, or it is about as plausible in others: the names
   * of those, the most plausible first, divided by blanks; empty when none is known.
   */
  suspected?: string;
}

/**
 * Finds the encoding of a file's words with bytes above 0x7f: the one in which they are the most likely words.
 * A word counts once, however often it occurs.
 *
 * @param sample the words, divided by spaces
 */
export function guessEightBit(sample: Uint8Array): EightBitGuess {
  const distinct = new Set(Buffer.from(sample).toString('latin1').split(' '));
  distinct.delete('');
  const words = Buffer.from([...distinct].slice(0, MOST_WORDS).join(' '), 'latin1');
  const supported = SUPPORTED.map((candidate) => weigh(words, candidate));
  const [cheapest] = supported.toSorted((a, b) => a.cost - b.cost);
  const best = supported.find(({ text }) => text === cheapest?.text);
  if (best === undefined) return { encoding: 'windows-1252' };
  const { encoding } = best;
  const others = [...supported, ...UNSUPPORTED.map((candidate) => weigh(words, candidate))]
    .filter(({ text, cost }) => text !== best.text && cost - best.cost < LEAST_APART)
    .toSorted((a, b) => a.cost - b.cost);
  if (others.length === 0 && isPlausible(best)) return { encoding };
  return { encoding, suspected: namesOf(isPlausible(best) ? [best, ...others] : others) };
}

interface Weighed {
  readonly encoding: string;
  readonly text: string;
  /** In half nats. */
  readonly cost: number;
  /** The number of words that occur in none of the languages. */
  readonly implausible: number;
}

/** Most that a message names. */
const MOST_NAMES = 3;

const namesOf = (weighed: readonly Weighed[]): string =>
  weighed
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, MOST_NAMES)
    .map(({ encoding }) => encoding)
    .join(' ');

function isPlausible({ encoding, text, implausible }: Weighed): boolean {
  if (RARE_CYRILLIC.some((rare) => rare === encoding) && !/\p{Script=Cyrillic}/u.test(text)) {
    return false;
  }
  return implausible <= MOST_IMPLAUSIBLE_WORDS * text.split(' ').length;
}

function weigh<Name extends string>(
  words: Uint8Array,
  [encoding, rare, languages]: Candidate<Name>,
): Weighed & { readonly encoding: Name } {
  // As a stream: see `decodeSingleBytes`.
  const text =
    decodeCodePage(words, encoding) ?? new TextDecoder(encoding).decode(words, { stream: true });
  const totals = languages.map(() => 0);
  let implausible = 0;
  for (const word of text.split(' ')) {
    const weighed = languages.map((language) => costOfWord(`${word} `, language));
    const costs = weighed.map(({ cost }) => cost);
    const least = Math.min(...costs);
    for (const [i, cost] of costs.entries()) {
      totals[i] = (totals[i] ?? 0) + Math.min(cost, least + OTHER_LANGUAGE);
    }
    if (least > MOST_PER_PAIR * (weighed[0]?.pairs ?? 0)) implausible++;
  }
  const cost = rare + Math.min(...totals) + UNPAIRED_QUOTE * unpairedQuotes(text);
  return { encoding, text, cost, implausible };
}
