import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../db/schema.ts';

/** How many texts of how many characters are remembered; rows of one text usually stand together. */
const REMEMBERED = 1_000;
const CHARACTERS_REMEMBERED = 1_000_000;

/** Turns invitation texts of one import into numbers, storing each text once. */
export class MessageStore {
  readonly #importId: number;
  readonly #remembered: number;
  readonly #ids = new Map<string, number>();
  #characters = 0;

  /** @param remembered how many texts are remembered between batches. @default 1,000 */
  constructor(importId: number, remembered = REMEMBERED) {
    this.#importId = importId;
    this.#remembered = remembered;
  }

  /** @returns the number of each text, in the transaction given */
  async number(db: Db, texts: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    if (this.#ids.size > this.#remembered || this.#characters > CHARACTERS_REMEMBERED) {
      this.#ids.clear();
      this.#characters = 0;
    }
    for (const text of new Set(texts)) {
      if (this.#ids.has(text)) continue;
      this.#ids.set(text, await this.#store(db, text));
      this.#characters += text.length;
    }
    return this.#ids;
  }

  async #store(db: Db, text: string): Promise<number> {
    const digest = createHash('sha256').update(text).digest('hex');
    const { id } = await db
      .insertInto('messages')
      .values({ import_id: this.#importId, digest, text })
      .onConflict((conflict) => conflict.columns(['import_id', 'digest']).doUpdateSet({ digest }))
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }
}

/** @returns how many pairs of an import have a text of their own */
export async function countOwnTexts(db: Db, importId: number): Promise<number> {
  const { count } = await db
    .selectFrom('pairs')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('import_id', '=', importId)
    .where('message_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Reads the first of some texts of an import, each once, as many as the memory should hold.
 *
 * @param ids null stands for the import's own text
 * @param mostCharacters of all together; the first is read however long it is
 * @returns the texts by their ids
 */
export async function readTexts(
  db: Db,
  importId: number,
  ids: ReadonlySet<number | null>,
  mostCharacters: number,
): Promise<ReadonlyMap<number | null, string | null>> {
  const texts = new Map<number | null, string | null>();
  if (ids.has(null)) {
    const parent = db.selectFrom('imports').select('message').where('id', '=', importId);
    texts.set(null, (await parent.executeTakeFirst())?.message ?? null);
  }
  const wanted = await firstTexts(
    db,
    [...ids].filter((id) => id !== null),
    mostCharacters,
  );
  if (wanted.length === 0) return texts;
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'text'])
    .where('id', 'in', wanted)
    .execute();
  for (const { id, text } of rows) texts.set(id, text);
  return texts;
}

/** @returns as many of the first texts as have no more characters together */
async function firstTexts(
  db: Db,
  ids: readonly number[],
  mostCharacters: number,
): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('messages')
    .select(['id', sql<number>`length(text)`.as('characters')])
    .where('id', 'in', ids)
    .execute();
  const lengths = new Map(rows.map(({ id, characters }) => [id, characters]));
  let free = mostCharacters;
  const end = ids.findIndex((id, at) => {
    free -= lengths.get(id) ?? 0;
    return free < 0 && at > 0;
  });
  return end < 0 ? [...ids] : ids.slice(0, end);
}
