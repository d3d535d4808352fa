import type { CompiledQuery } from 'kysely';
import type { Db } from './schema.ts';

/** SQLite takes 32,766 parameters a statement; a row here has eight at the most. */
const ROWS_PER_STATEMENT = 1_000;

type Value = number | string | null;

/**
 * Inserts rows, many a statement. Building a statement takes longer than running it, so that of a
 * full one is built once.
 */
export class BulkInsert<Row> {
  readonly #compile: (db: Db, rows: readonly Row[]) => CompiledQuery;
  readonly #values: (row: Row, parameters: Value[]) => void;
  /** Of each kind of database, for they may word it differently. */
  readonly #full = new WeakMap<object, CompiledQuery>();

  /**
   * @param compile makes the statement for some rows
   * @param values adds a row's parameters in the order in which the statement has them
   */
  constructor(
    compile: (db: Db, rows: readonly Row[]) => CompiledQuery,
    values: (row: Row, parameters: Value[]) => void,
  ) {
    this.#compile = compile;
    this.#values = values;
  }

  async execute(db: Db, rows: readonly Row[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      const batch = rows.slice(at, at + ROWS_PER_STATEMENT);
      const parameters: Value[] = [];
      for (const row of batch) this.#values(row, parameters);
      await db.executeQuery({ ...this.#statement(db, batch), parameters });
    }
  }

  #statement(db: Db, batch: readonly Row[]): CompiledQuery {
    if (batch.length < ROWS_PER_STATEMENT) return this.#compile(db, batch);
    const { adapter } = db.getExecutor();
    const statement = this.#full.get(adapter) ?? this.#compile(db, batch);
    this.#full.set(adapter, statement);
    return statement;
  }
}
