import type { ImportState } from '../../../server/schemas/import-schema.ts';
import { useTexts } from '../../i18n/language.tsx';
import { outcomeTexts } from '../../i18n/texts.ts';
import styles from './outcome.module.css';

/** The state of an import as text and colour. */
export function StateMark({ state }: { state: ImportState }) {
  const { state: terms } = useTexts(outcomeTexts);
  return (
    <span className={styles.mark} title={terms[state].meaning}>
      <span className={`${styles.dot} ${styles.round} ${styles[state]}`} />
      {terms[state].label}
    </span>
  );
}
