import {
  type Choice,
  type FormatChoices,
  namesOf,
  parseChoices,
} from '../../files/choices/format-choices.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findImportChoices } from '../../ledger/imports/remembered-choices.ts';

const NAMES: Readonly<Record<Choice, string>> = {
  encoding: 'encoding',
  delimiter: 'delimiter',
  sheet: 'sheet',
  headerLine: 'header line',
  group: 'group column',
  user: 'user column',
  message: 'message column',
};

/** @returns the choices of an earlier import with this header that an import was read with */
export async function readRemembered(db: Db, importId: number): Promise<FormatChoices> {
  const { remembered = null } = (await findImportChoices(db, importId)) ?? {};
  return remembered === null ? {} : parseChoices(remembered);
}

/** @returns which choices of an earlier import with this header were used again, in at most one line */
export function rememberedLines(remembered: FormatChoices): string[] {
  const names = namesOf(remembered).map((name) => NAMES[name]);
  if (names.length === 0) return [];
  return [`As chosen for this header before: ${names.join(', ')} (not with --no-remembered)`];
}
