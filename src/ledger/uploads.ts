import type { Import } from '../domain/import.ts';
import { importsInState } from './imports.ts';
import type { Db } from './schema.ts';

/** @returns the imports whose file was handed in to a server and is not read yet, and by whom */
export async function unfinishedUploads(
  db: Db,
  portal: string,
): Promise<{ found: Import; actor: string }[]> {
  const imports = await importsInState(db, portal, 'checking');
  if (imports.length === 0) return [];
  const uploads = await db
    .selectFrom('audit')
    .select(['import_id', 'actor'])
    .where('action', '=', 'upload')
    .where(
      'import_id',
      'in',
      imports.map(({ id }) => id),
    )
    .execute();
  const actors = new Map(uploads.map((row) => [row.import_id, row.actor]));
  return imports.flatMap((found) => {
    const actor = actors.get(found.id);
    return actor === undefined ? [] : [{ found, actor }];
  });
}

/** @returns the imports that were handed in to a server, and that the portal was not asked about */
export async function uncheckedUploads(db: Db, portal: string): Promise<number[]> {
  const rows = await db
    .selectFrom('imports')
    .innerJoin('audit', 'audit.import_id', 'imports.id')
    .leftJoin('checks', 'checks.import_id', 'imports.id')
    .select('imports.id')
    .distinct()
    .where('imports.portal', '=', portal)
    .where('imports.state', '=', 'ready')
    .where('audit.action', '=', 'upload')
    .where('checks.import_id', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}
