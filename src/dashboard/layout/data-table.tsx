import type { ReactNode } from 'react';
import styles from './layout.module.css';

interface Props {
  /** What the table holds, for those who do not see it. */
  label: string;
  head: readonly ReactNode[];
  /** Which columns hold numbers, counted from 0. */
  numbers?: readonly number[];
  children: ReactNode;
}

/** A table that scrolls in itself where it is too wide, by keyboard as well. */
export function DataTable({ label, head, numbers = [], children }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be wrong around a table
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className={styles.scroll} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((name, i) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay where they are
                key={i}
                scope="col"
                className={numbers.includes(i) ? styles.number : undefined}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
