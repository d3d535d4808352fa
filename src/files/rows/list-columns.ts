import { quoteCell } from './cell.ts';

const SHOWN_NAMES = 20;

/**
 * @param places which of the cells. @default all, without their numbers
 * @returns the names of columns, for an error
 */
export function listColumns(cells: readonly string[], places?: readonly number[]): string {
  if (places !== undefined) {
    return places.map((i) => `${quoteCell(cells[i]?.trim() ?? '')} (column ${i + 1})`).join(', ');
  }
  const names = cells.slice(0, SHOWN_NAMES).map((cell) => quoteCell(cell.trim()));
  const rest = cells.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
