import { type CompiledQuery, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Db, Schema } from './schema.ts';

/** SQLite takes 32,766 parameters a statement; a row here has nine at the most. */
const ROWS_PER_STATEMENT = 1_000;

type Value = number | string | null;
type Type = 'integer' | 'bigint' | 'text';

/**
 * Inserts rows, many a statement. Building a statement takes longer than running it, so that of a
 * full one is built once. To Postgres each column goes as an array: it reads thousands of
 * parameters one by one, at a tenth of the pace.
 */
export class BulkInsert {
  readonly #table: keyof Schema;
  readonly #columns: readonly [name: string, type: Type][];
  readonly #constants: readonly [name: string, value: number | string][];
  readonly #end: RawBuilder<unknown>;
  /** Of each kind of database, for they word it differently. */
  readonly #full = new WeakMap<object, CompiledQuery>();

  /**
   * @param columns those whose values differ from row to row
   * @param constants those whose value is the same in all rows
   * @param end of the statement: what to do with rows that are there already
   */
  constructor(
    table: keyof Schema,
    columns: Readonly<Record<string, Type>>,
    constants: Readonly<Record<string, number | string>> = {},
    end: RawBuilder<unknown> = sql``,
  ) {
    this.#table = table;
    this.#columns = Object.entries(columns);
    this.#constants = Object.entries(constants);
    this.#end = end;
  }

  /**
   * @param rows how many there are
   * @param values adds a row's values in the order of the columns
   */
  async execute(
    db: Db,
    rows: number,
    values: (row: number, parameters: Value[]) => void,
  ): Promise<void> {
    const asArrays = isPostgres(db);
    for (let from = 0; from < rows; from += ROWS_PER_STATEMENT) {
      const to = Math.min(from + ROWS_PER_STATEMENT, rows);
      const parameters: Value[] = [];
      for (let row = from; row < to; row++) values(row, parameters);
      await db.executeQuery({
        ...this.#statement(db, to - from),
        parameters: asArrays ? this.#columnsOf(parameters) : parameters,
      });
    }
  }

  #statement(db: Db, rows: number): CompiledQuery {
    const { adapter } = db.getExecutor();
    const known = rows < ROWS_PER_STATEMENT ? undefined : this.#full.get(adapter);
    if (known !== undefined) return known;
    const names = [...this.#columns, ...this.#constants].map(([name]) => sql.ref(name));
    const source = isPostgres(db) ? this.#fromArrays() : this.#fromRows(rows);
    const into = sql`insert into ${sql.table(this.#table)} (${sql.join(names)})`;
    const statement = sql`${into} ${source} ${this.#end}`.compile(db);
    if (rows === ROWS_PER_STATEMENT) this.#full.set(adapter, statement);
    return statement;
  }

  #fromRows(rows: number): RawBuilder<unknown> {
    const row = sql`(${sql.join([...this.#columns.map(() => sql`${null}`), ...this.#literals()])})`;
    return sql`values ${sql.join(Array<RawBuilder<unknown>>(rows).fill(row))}`;
  }

  #fromArrays(): RawBuilder<unknown> {
    const names = this.#columns.map(([name]) => sql.ref(name));
    const arrays = this.#columns.map(([, type]) => sql`${null}::${sql.raw(type)}[]`);
    return sql`
      select ${sql.join([...names, ...this.#literals()])}
      from unnest(${sql.join(arrays)}) as given (${sql.join(names)})`;
  }

  #literals = () => this.#constants.map(([, value]) => sql.lit(value));

  #columnsOf(values: readonly Value[]): unknown[] {
    const width = this.#columns.length;
    return this.#columns.map(([, type], at) => {
      const column = Array.from(
        { length: values.length / width },
        (_, row) => values[row * width + at],
      );
      // Numbers need no quotes, whose writing would take most of the time.
      return type === 'text' ? column : `{${column.map((value) => value ?? 'null').join()}}`;
    });
  }
}

const isPostgres = (db: Db): boolean => db.getExecutor().adapter instanceof PostgresAdapter;
