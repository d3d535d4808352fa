import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../db/schema.ts';

/** Limits of the cache, in texts and in characters; rows with the same text are usually adjacent. */
const TEXTS_CACHED = 1_000;
const CHARACTERS_CACHED = 1_000_000;
/** A text has at most 20,000 characters. */
const TEXTS_PER_PAGE = 200;

/** Assigns ids to the invitation texts of one import, and stores each text once. */
export class MessageStore {
  readonly #importId: number;
  readonly #cached: number;
  readonly #ids = new Map<string, number>();
  #characters = 0;

  /** @param cached number of texts that are cached between batches. @default 1,000 */
  constructor(importId: number, cached = TEXTS_CACHED) {
    this.#importId = importId;
    this.#cached = cached;
  }

  /** Stores new texts in the given transaction. @returns the id of each text */
  async number(db: Db, texts: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    if (this.#ids.size > this.#cached || this.#characters > CHARACTERS_CACHED) {
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

/** @returns how many different texts the rows of an import have */
export async function countRowTexts(db: Db, importId: number): Promise<number> {
  const { count } = await db
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** @returns how many pairs of an import have their own text */
export async function countOwnTexts(db: Db, importId: number): Promise<number> {
  const { count } = await db
    .selectFrom('pairs')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('import_id', '=', importId)
    .where('message_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** @returns how many different texts of an import, its own one included, fulfill the condition */
export async function countTexts(
  db: Db,
  importId: number,
  isCounted: (text: string) => boolean,
): Promise<number> {
  const parent = db.selectFrom('imports').select('message').where('id', '=', importId);
  const usual = (await parent.executeTakeFirst())?.message ?? '';
  let count = isCounted(usual) ? 1 : 0;
  for await (const { text } of readRowTexts(db, importId)) if (isCounted(text)) count++;
  return count;
}

/** Reads the texts of an import's rows, page by page. */
export async function* readRowTexts(
  db: Db,
  importId: number,
): AsyncGenerator<{ id: number; text: string }> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('messages')
      .select(['id', 'text'])
      .where('import_id', '=', importId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(TEXTS_PER_PAGE)
      .execute();
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < TEXTS_PER_PAGE) return;
    after = last.id;
  }
}

/**
 * Reads the first of the given texts of an import, up to a total length, to limit memory.
 *
 * @param ids null stands for the import's own text, which does not count
 * @param mostCharacters total length in characters; the first text is read whatever its length
 * @returns the texts by id
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

/** @returns the ids of the first texts with at most `mostCharacters` in total, but at least one */
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
