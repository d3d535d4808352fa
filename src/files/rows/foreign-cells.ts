import { type Content, type ReadOptions, readRecords } from './rows.ts';

/**
 * @returns whether a group, a user or a text to be sent depends on the encoding, because it has a character that
 * is not ASCII; or which column has the texts. The other columns are only shown.
 */
export async function hasForeignCells(content: Content, options: ReadOptions): Promise<boolean> {
  const { columns: places, header, messageOff } = options.format;
  const { group, user, message } = places;
  if (message === undefined && messageOff !== true && header?.some((name) => isForeign(name)))
    return true;
  const columns = message === undefined ? [group, user] : [group, user, message];
  for await (const found of readRecords(content, options, 0)) {
    if (found.kind === 'plain') continue;
    for (const record of found.records) {
      if (record.kind === 'broken') continue;
      if (columns.some((column) => isForeign(record.cells[column]))) return true;
    }
  }
  return false;
}

const isForeign = (cell = ''): boolean => /[^\0-\x7f]/.test(cell);
