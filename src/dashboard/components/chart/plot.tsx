import type { ReactNode } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './chart.module.css';

interface Props {
  /** What the picture shows, for those who do not see it. */
  summary: string;
  /** The largest value, written at its top. */
  most: number;
  /** In the units in which the picture is drawn; it is always 100 high. */
  width: number;
  /** When it begins and ends, as far as that is written below. */
  from: string | undefined;
  to: string | undefined;
  children: ReactNode;
}

/** What every picture of values over time has around it. */
export function Plot({ summary, most, width, from, to, children }: Props) {
  const { format } = useLanguage();
  return (
    <figure className={styles.figure}>
      <div className={styles.scale} aria-hidden>
        <span>{format.number(most)}</span>
      </div>
      <svg
        className={styles.plot}
        role="img"
        aria-label={summary}
        viewBox={`0 0 ${width} 100`}
        preserveAspectRatio="none"
      >
        {children}
      </svg>
      <div className={styles.scale} aria-hidden>
        <span>{from !== undefined && format.time(from)}</span>
        {to !== undefined && <span>{format.time(to)}</span>}
      </div>
    </figure>
  );
}
