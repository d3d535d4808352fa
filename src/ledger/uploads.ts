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
