import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { SchemaParts } from '../schema.ts';

/**
 * Stores texts by their codes. What older versions have written, in English or in the portal's words,
 * stays readable as it is.
 */
export async function up(db: Kysely<unknown>, { json }: SchemaParts): Promise<void> {
  const [array, object] = [sql.raw(json.array), sql.raw(json.object)];
  const coded = (code: string, param: string, value: RawBuilder<unknown>) => {
    const params = sql`${object}(${sql.lit(param)}, ${value})`;
    return sql`cast(${array}(${object}('code', ${sql.lit(code)}, 'params', ${params})) as text)`;
  };
  const text = coded('verbatim', 'text', sql`detail`);
  const id = coded('replaces', 'id', sql`cast(detail as integer)`);
  await sql`update pairs set detail = ${text} where detail is not null`.execute(db);
  await sql`update row_issues set detail = ${text} where detail is not null`.execute(db);
  await sql`update audit set detail = ${id} where detail is not null and action = 'replace'`.execute(
    db,
  );
  await sql`update audit set detail = ${text} where detail is not null and action <> 'replace'`.execute(
    db,
  );
}
