/** The slots of a sentence: `{name}` takes text, `{“name”}` text in quotes, `{#name}` a whole number. */
type Slots<Sentence extends string> = Sentence extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never;

type NameOf<Slot extends string> = Slot extends `#${infer Name}` | `“${infer Name}”` ? Name : Slot;

/** What fills the slots of a sentence. */
export type Params<Sentence extends string> = {
  readonly [Slot in Slots<Sentence> as NameOf<Slot>]: Slot extends `#${string}` ? number : string;
};

/** What was said, for programs: which sentence, and what fills its slots. */
export interface CodedText<Code extends string = string> {
  code: Code;
  params: Record<string, string | number>;
}

/** A sentence in pieces: the fixed text before each slot, and that after the last. */
interface Pieces {
  readonly slots: readonly { before: string; name: string; mark: string }[];
  readonly end: string;
}

const SLOT = /\{([#“]?)(\w+)”?\}/g;

/** What may stand in a slot, by its mark. */
const FITTING: Readonly<Record<string, RegExp>> = {
  '': /./,
  '“': /^“.*”$/s,
  '#': /^\d{1,15}$/,
};

function piecesOf(sentence: string): Pieces {
  const slots: Pieces['slots'][number][] = [];
  let at = 0;
  for (const { 0: slot, 1: mark = '', 2: name = '', index } of sentence.matchAll(SLOT)) {
    slots.push({ before: sentence.slice(at, index), name, mark });
    at = index + slot.length;
  }
  return { slots, end: sentence.slice(at) };
}

/**
 * A closed set of sentences. What was said is kept as text and can be read back: which sentence it
 * is, and what fills its slots, so that it can be said in another language.
 *
 * @example
 * const phrases = new Phrases({ lost: '{who} lost {#count} keys' });
 * const text = phrases.say('lost', { who: 'Ann', count: 2 });
 * phrases.read(text); // [{ code: 'lost', params: { who: 'Ann', count: 2 } }]
 */
export class Phrases<const Table extends Readonly<Record<string, string>>> {
  readonly #pieces: ReadonlyMap<string, Pieces>;

  /** @param table of two sentences that may fit, the more special one first */
  constructor(table: Table) {
    this.#pieces = new Map(Object.entries(table).map(([code, text]) => [code, piecesOf(text)]));
  }

  /** @returns the sentence with its slots filled */
  say<Code extends keyof Table & string>(code: Code, params: Params<Table[Code]>): string {
    const { slots, end } = this.#pieces.get(code) ?? piecesOf('');
    const values: Readonly<Record<string, string | number>> = params;
    return slots.map(({ before, name }) => `${before}${values[name] ?? ''}`).join('') + end;
  }

  /**
   * @param text one sentence, or several with `; ` between
   * @returns what it says, sentence by sentence; nothing when it is in somebody else's words
   */
  read(text: string): CodedText<keyof Table & string>[] {
    if (text.length > LONGEST) return [];
    for (let at = text.indexOf(BETWEEN); at !== -1; at = text.indexOf(BETWEEN, at + 1)) {
      const first = this.#readOne(text.slice(0, at));
      const rest = first && this.read(text.slice(at + BETWEEN.length));
      if (first !== undefined && rest !== undefined && rest.length > 0) return [first, ...rest];
    }
    const whole = this.#readOne(text);
    return whole === undefined ? [] : [whole];
  }

  #readOne(text: string): CodedText<keyof Table & string> | undefined {
    for (const [code, pieces] of this.#pieces) {
      const params = paramsOf(text, pieces);
      if (params !== undefined) return { code, params };
    }
    return undefined;
  }
}

const BETWEEN = '; ';
/** Ours are no longer; whoever reads should not be kept by what the portal wrote. */
const LONGEST = 2_000;

function paramsOf(text: string, { slots, end }: Pieces): CodedText['params'] | undefined {
  return text.endsWith(end) ? fill(slots, text.slice(0, text.length - end.length)) : undefined;
}

/** From the end on; names may hold what stands before a slot, so that each place is tried. */
function fill(slots: Pieces['slots'], text: string): CodedText['params'] | undefined {
  const slot = slots.at(-1);
  if (slot === undefined) return text === '' ? {} : undefined;
  const { before, name, mark } = slot;
  for (let at = text.lastIndexOf(before); at !== -1; at = text.lastIndexOf(before, at - 1)) {
    const value = text.slice(at + before.length);
    const others = FITTING[mark]?.test(value) ? fill(slots.slice(0, -1), text.slice(0, at)) : null;
    if (others) return { ...others, [name]: mark === '#' ? Number(value) : value };
    if (at === 0) break;
  }
  return undefined;
}
