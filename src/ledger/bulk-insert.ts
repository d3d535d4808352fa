import type { CompiledQuery } from 'kysely';
import type { Db } from './schema.ts';

/** SQLite takes 32,766 parameters a statement; a row here has eight at the most. */
const ROWS_PER_STATEMENT = 1_000;

type Value = number | string | null;

/**
 * Inserts rows, many a statement. Building a statement takes longer than running it, so that of a
 * full one is built once.
 */
export class BulkInsert {
  readonly #compile: (db: Db, rows: number) => CompiledQuery;
  /** Of each kind of database, for they may word it differently. */
  readonly #full = new WeakMap<object, CompiledQuery>();

  /** @param compile makes the statement for so many rows */
  constructor(compile: (db: Db, rows: number) => CompiledQuery) {
    this.#compile = compile;
  }

  /**
   * @param rows how many there are
   * @param values adds a row's parameters in the order in which the statement has them
   */
  async execute(
    db: Db,
    rows: number,
    values: (row: number, parameters: Value[]) => void,
  ): Promise<void> {
    for (let from = 0; from < rows; from += ROWS_PER_STATEMENT) {
      const to = Math.min(from + ROWS_PER_STATEMENT, rows);
      const parameters: Value[] = [];
      for (let row = from; row < to; row++) values(row, parameters);
      await db.executeQuery({ ...this.#statement(db, to - from), parameters });
    }
  }

  #statement(db: Db, rows: number): CompiledQuery {
    if (rows < ROWS_PER_STATEMENT) return this.#compile(db, rows);
    const { adapter } = db.getExecutor();
    const statement = this.#full.get(adapter) ?? this.#compile(db, rows);
    this.#full.set(adapter, statement);
    return statement;
  }
}

/** @returns so many rows of a kind, for a statement whose values are given as parameters */
export const rowsLike = <Row>(row: Row, count: number): Row[] => Array<Row>(count).fill(row);
