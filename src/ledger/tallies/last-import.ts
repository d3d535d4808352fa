import { seemsSwitchedOff } from '../../domain/pairs/groups-switched-off.ts';
import type { Db } from '../db/schema.ts';
import { storedImports } from '../imports/stored-import.ts';
import { readTallies } from './tallies.ts';

/**
 * Whether workgroups seem to be switched off on a portal, by the outcomes of the last import that ended there.
 *
 * @returns the id of that import; null when they do not seem to be
 */
export async function findSwitchedOff(db: Db, portal: string): Promise<number | null> {
  const last = await storedImports(db)
    .where('portal', '=', portal)
    .where('state', 'in', ['finished', 'cancelled'])
    .where('started_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return null;
  return seemsSwitchedOff(await readTallies(db, last.id)) ? last.id : null;
}
