import type { ReactNode } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './chart.module.css';

interface Props {
  /** Text alternative of the chart. */
  summary: string;
  /** The largest value, shown at the top. */
  most: number;
  /** In drawing units; the height is always 100. */
  width: number;
  /** Start and end, if they are shown below. */
  from: string | undefined;
  to: string | undefined;
  children: ReactNode;
}

/** The frame of every chart over time. */
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
