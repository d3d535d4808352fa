import { type ReactNode, useId } from 'react';
import styles from './layout.module.css';

interface Props {
  title: string;
  /** Shown at the right of the title. */
  extra?: ReactNode;
  children: ReactNode;
}

export function Section({ title, extra, children }: Props) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}
