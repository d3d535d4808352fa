import { Problem } from '../domain/problem.ts';
import { quoteCell } from './cell.ts';

/** Where the cells stand in each record of the file. */
export interface Columns {
  readonly group: number;
  readonly user: number;
  readonly message: number | undefined;
  /** How many cells the header has. */
  readonly count: number;
}

/** What the header may call each column. */
const NAMES = {
  group: ['group_id', 'group'],
  user: ['user_id', 'user'],
  message: ['message'],
} as const;

const EXAMPLE = 'The first line names the columns, for example: group_id,user_id,message';
const SHOWN_NAMES = 20;

/**
 * Finds the columns by their names in the header, in any order and case, blanks around them
 * ignored. Columns of other names are nobody's business.
 *
 * @param line the header's line, for the message
 * @throws Problem when the group or the user has no column, or anything has two
 */
export function findColumns(header: readonly string[], fileName: string, line: number): Columns {
  const where = `${fileName}, line ${line}`;
  const names = header.map((cell) => cell.trim());
  if (names.some((name) => /\r(?!\n)/.test(name))) {
    throw new Problem(
      `${where}: the lines end in the way of old Macintosh files (CR).`,
      'Save the file again as CSV UTF-8, with lines that end in LF or CRLF.',
    );
  }
  const find = (known: readonly string[]): number | undefined => {
    const found = names.flatMap((name, i) => (known.includes(name.toLowerCase()) ? [i] : []));
    if (found.length > 1) {
      const listed = found.map((i) => `${quoteCell(names[i] ?? '')} (column ${i + 1})`);
      throw new Problem(
        `${where}: ${found.length} columns could be ${known.join(' or ')}: ${listed.join(', ')}.`,
        'Rename or remove all of them but one.',
      );
    }
    return found[0];
  };
  const group = find(NAMES.group);
  const user = find(NAMES.user);
  const message = find(NAMES.message);
  if (group === undefined || user === undefined) {
    const missing = [
      ...(group === undefined ? [`the group (${NAMES.group.join(' or ')})`] : []),
      ...(user === undefined ? [`the user (${NAMES.user.join(' or ')})`] : []),
    ];
    throw new Problem(
      `${where}: no column for ${missing.join(' and ')}; found: ${listNames(names)}.`,
      EXAMPLE,
    );
  }
  return { group, user, message, count: header.length };
}

function listNames(names: readonly string[]): string {
  const listed = names.slice(0, SHOWN_NAMES).map(quoteCell).join(', ');
  return names.length > SHOWN_NAMES ? `${listed} and ${names.length - SHOWN_NAMES} more` : listed;
}
