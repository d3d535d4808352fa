import { createHash } from 'node:crypto';
import type { Db } from './schema.ts';

/** Rows of one text usually stand together. */
const REMEMBERED = 1_000;

/** Turns invitation texts of one import into numbers, storing each text once. */
export class MessageStore {
  readonly #importId: number;
  readonly #remembered: number;
  readonly #ids = new Map<string, number>();

  /** @param remembered how many texts are remembered between batches. @default 1,000 */
  constructor(importId: number, remembered = REMEMBERED) {
    this.#importId = importId;
    this.#remembered = remembered;
  }

  /** @returns the number of each text, in the transaction given */
  async number(db: Db, texts: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    if (this.#ids.size > this.#remembered) this.#ids.clear();
    for (const text of new Set(texts)) {
      if (!this.#ids.has(text)) this.#ids.set(text, await this.#store(db, text));
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
