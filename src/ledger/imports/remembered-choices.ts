import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';

/** Most headers with remembered choices; those not used for the longest time go. */
export const MOST_REMEMBERED = 500;

/** Identifies a header: by its names, and by the bytes of its line where it has one of its own. */
export interface HeaderKeys {
  header: string;
  line: string | null;
}

/** The choices that an import was read with, as text that `src/files/choices` parses. */
export interface ImportChoices {
  keys: HeaderKeys;
  /** All choices: those of the person and the remembered ones. */
  choices: string;
  /** Those that were remembered; null when there were none. */
  remembered: string | null;
}

export interface RememberedChoices {
  keys: HeaderKeys;
  choices: string;
}

/** Most headers that are searched for at once: the rows of a workbook's beginning can be many more. */
const MOST_HEADERS = 10_000;

/** @returns the entries for one of these headers, or for one of these lines, the last used first */
export async function findRemembered(
  db: Db,
  { headers = [], lines = [] }: { headers?: readonly string[]; lines?: readonly string[] },
): Promise<RememberedChoices[]> {
  const rows = await db
    .selectFrom('remembered_choices')
    .selectAll()
    .where((eb) =>
      eb.or([
        // Postgres has no empty list.
        eb('header_key', 'in', ['', ...headers.slice(0, MOST_HEADERS)]),
        ...lines.map((line) => eb('line_key', '=', line)),
      ]),
    )
    .orderBy('used_at', 'desc')
    .execute();
  return rows.map(({ header_key, line_key, choices }) => ({
    keys: { header: header_key, line: line_key },
    choices,
  }));
}

/** Stores the choices of a new import, in the transaction that creates it. */
export async function keepImportChoices(tx: Db, id: number, kept: ImportChoices): Promise<void> {
  const { keys, choices, remembered } = kept;
  await tx
    .insertInto('import_choices')
    .values({
      ...{ import_id: id, header_key: keys.header, line_key: keys.line },
      ...{ choices, remembered },
    })
    .execute();
}

export async function findImportChoices(db: Db, id: number): Promise<ImportChoices | undefined> {
  const row = await db
    .selectFrom('import_choices')
    .selectAll()
    .where('import_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { header_key, line_key, choices, remembered } = row;
  return { keys: { header: header_key, line: line_key }, choices, remembered };
}

/** Remembers the choices of an import for its header, in the transaction that starts it. */
export async function rememberChoices(tx: Db, importId: number): Promise<void> {
  const found = await findImportChoices(tx, importId);
  if (found === undefined) return;
  const { keys, choices } = found;
  const changed = { line_key: keys.line, choices, used_at: ledgerNow(tx) };
  await tx
    .insertInto('remembered_choices')
    .values({ header_key: keys.header, ...changed })
    .onConflict((of) => of.column('header_key').doUpdateSet(changed))
    .execute();
  const oldest = await tx
    .selectFrom('remembered_choices')
    .select('header_key')
    .orderBy('used_at', 'desc')
    .orderBy('header_key')
    .offset(MOST_REMEMBERED)
    .limit(MOST_REMEMBERED)
    .execute();
  const gone = oldest.map(({ header_key }) => header_key);
  if (gone.length === 0) return;
  await tx.deleteFrom('remembered_choices').where('header_key', 'in', gone).execute();
}

/**
 * Forgets what is remembered for the header of an import, which the import's start would otherwise remember again.
 *
 * @returns whether anything was remembered
 */
export async function forgetChoices(db: Db, importId: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const found = await findImportChoices(tx, importId);
    if (found === undefined) return false;
    await tx.deleteFrom('import_choices').where('import_id', '=', importId).execute();
    const { numDeletedRows } = await tx
      .deleteFrom('remembered_choices')
      .where('header_key', '=', found.keys.header)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  });
}
