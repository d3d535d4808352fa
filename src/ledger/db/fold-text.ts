import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Db } from './schema.ts';

/** Capitals that a Postgres database with the collation C does not change. */
const CAPITALS =
  'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІЇҐЎÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰ';

/** SQL expression for a text in lower case, in any alphabet: SQLite's own `lower` changes only a to z. */
export const foldText = (db: Db, column: string): RawBuilder<string> =>
  db.getExecutor().adapter instanceof PostgresAdapter
    ? sql<string>`translate(lower(${sql.ref(column)}), ${sql.lit(CAPITALS)}, ${sql.lit(fold(CAPITALS))})`
    : sql<string>`fold_text(${sql.ref(column)})`;

/** The same for a text in this program; the implementation of SQLite's `fold_text`. */
export const fold = (text: string): string => text.toLowerCase();
