import type { ReactNode } from 'react';
import styles from './layout.module.css';

/** One column of a table, and what its cells hold. */
export interface Column<Row> {
  head: ReactNode;
  /**
   * How much room it takes: short words or a date, a number, a name that may be long, sentences, or
   * a piece of a file that is cut off where it is too long.
   */
  kind: 'short' | 'number' | 'name' | 'text' | 'cell';
  /** What stands before the cell on a phone, where it would not be understood alone. */
  label?: string;
  /** All of what is cut off, for who points at it. */
  title?: (row: Row) => string | undefined;
  of: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** What the table holds, for those who do not see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** On a phone each row becomes a few lines; a file's own columns stay beside each other. */
  stacks?: boolean;
}

/** A table that scrolls in itself where it is too wide, by keyboard as well. */
export function DataTable<Row>({ label, columns, rows, stacks = true }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be wrong around a table
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className={styles.scroll} role="group" aria-label={label} tabIndex={0}>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: laid out otherwise, it is no table to some browsers */}
      {/* biome-ignore-start lint/suspicious/noArrayIndexKey: columns stay where they are, rows can be alike */}
      <table
        className={`${styles.table} ${stacks ? styles.stacks : ''}`}
        role="table"
        // Stacked, empty cells are not there; the others stay in their columns all the same.
        aria-colcount={columns.length}
      >
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ head, kind }, i) => (
              <th
                key={i}
                scope="col"
                role="columnheader"
                aria-colindex={i + 1}
                className={styles[kind]}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, i) => (
            <tr key={i} role="row">
              {columns.map(({ kind, label: before, title, of }, place) => (
                <td
                  key={place}
                  role="cell"
                  aria-colindex={place + 1}
                  className={styles[kind]}
                  data-label={before}
                  title={title?.(row)}
                >
                  {of(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/suspicious/noArrayIndexKey: see above */}
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </div>
  );
}
