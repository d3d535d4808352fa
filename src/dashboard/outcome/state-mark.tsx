import type { ImportState } from '../../server/schemas/import.ts';
import { useWords } from '../language/language.tsx';
import styles from './outcome.module.css';
import { outcomeWords } from './words.ts';

/** The state of an import in words and colour. */
export function StateMark({ state }: { state: ImportState }) {
  const { state: names } = useWords(outcomeWords);
  return (
    <span className={styles.mark}>
      <span className={`${styles.dot} ${styles.round} ${styles[state]}`} />
      {names[state]}
    </span>
  );
}
