import { type CompiledQuery, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Db, Schema } from './schema.ts';

/** SQLite accepts 32,766 parameters per statement; a row here has at most nine. */
const ROWS_PER_STATEMENT = 1_000;

type Value = number | string | null;
type Type = 'integer' | 'bigint' | 'text';

/**
 * Inserts many rows per statement. Building a statement takes longer than running it, so the
 * statement for a full batch is built once. Postgres receives each column as an array, which is ten
 * times faster than thousands of single parameters.
 */
export class BulkInsert {
  readonly #table: keyof Schema;
  readonly #columns: readonly [name: string, type: Type][];
  readonly #constants: readonly [name: string, value: number | string][];
  readonly #end: RawBuilder<unknown>;
  /** The statement for a full batch, per database adapter, because the SQL differs. */
  readonly #full = new WeakMap<object, CompiledQuery>();

  /**
   * @param columns columns with a value per row
   * @param constants columns with the same value in all rows
   * @param end end of the statement, such as `on conflict`
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

  /** @param values appends a row's values in the order of the columns */
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
      // Numbers need no quotes; quoting would take most of the time.
      return type === 'text' ? column : `{${column.map((value) => value ?? 'null').join()}}`;
    });
  }
}

const isPostgres = (db: Db): boolean => db.getExecutor().adapter instanceof PostgresAdapter;
