import type { ReactNode } from 'react';
import styles from './layout.module.css';

/** One column of a table, with its cells. */
export interface Column<Row> {
  head: ReactNode;
  /** Determines the width; a `cell` is one of a file, cut off when it is too long. */
  kind: 'short' | 'number' | 'name' | 'text' | 'cell';
  /** Label before the cell on a phone, for a cell that is unclear alone. */
  label?: string;
  /** How the rows are sorted by this column. @default not */
  sort?: 'ascending' | 'descending' | undefined;
  /** Full text of a cell that is cut off, shown on hover. */
  title?: (row: Row) => string | undefined;
  of: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** Accessible name of the table. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Shows each row as a few lines on a phone; the columns of a file stay side by side instead. */
  stacks?: boolean;
}

/** A table that scrolls horizontally when it is too wide, also by keyboard. */
export function DataTable<Row>({ label, columns, rows, stacks = true }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be wrong around a table
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className={styles.scroll} role="group" aria-label={label} tabIndex={0}>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: with another layout, some browsers ignore its role */}
      {/* biome-ignore-start lint/suspicious/noArrayIndexKey: columns do not move, rows can be equal */}
      <table
        className={`${styles.table} ${stacks ? styles.stacks : ''}`}
        role="table"
        // In stacked rows, empty cells are hidden; the others keep their columns.
        aria-colcount={columns.length}
      >
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ head, kind, sort }, i) => (
              <th
                key={i}
                scope="col"
                role="columnheader"
                aria-colindex={i + 1}
                aria-sort={sort}
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
