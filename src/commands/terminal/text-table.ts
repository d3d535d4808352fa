import { visibleLine } from '../../domain/text/visible-text.ts';

/** A column's heading and alignment. */
export interface Column {
  heading: string;
  align: 'left' | 'right';
}

const WIDEST = 40;

/**
 * @returns the lines of a table, with columns as wide as needed
 * @example
 *   GROUP      IN FILE
 *   Marketing       24
 */
export function textTable(columns: readonly Column[], rows: readonly string[][]): string[] {
  const cells = [columns.map(({ heading }) => heading), ...rows.map((row) => row.map(visibleLine))];
  const widths = columns.map((_, at) =>
    Math.max(...cells.map((row) => [...(row[at] ?? '')].length)),
  );
  return cells.map((row) =>
    columns
      .map(({ align }, at) => pad(row[at] ?? '', widths[at] ?? 0, align))
      .join('  ')
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: Column['align']): string {
  const blank = ' '.repeat(Math.max(0, width - [...text].length));
  return align === 'left' ? text + blank : blank + text;
}

/** @returns the text, cut to `longest` characters */
export function shorten(text: string, longest = WIDEST): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}
