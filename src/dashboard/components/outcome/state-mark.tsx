import type { Import } from '../../../server/schemas/import-schema.ts';
import { useTexts } from '../../i18n/language.tsx';
import { outcomeTexts, reviewTexts } from '../../i18n/texts.ts';
import styles from './outcome.module.css';

/** The state of an import as text and colour; that of a file with nothing to send says so. */
export function StateMark({ it: { state, outcomes } }: { it: Import }) {
  const { state: terms } = useTexts(outcomeTexts);
  const review = useTexts(reviewTexts);
  const isEmpty = state === 'ready' && outcomes.pending === 0;
  const { label, meaning } = isEmpty
    ? { label: review.nothingTitle, meaning: review.nothing }
    : terms[state];
  return (
    <span className={styles.mark} title={meaning}>
      <span className={`${styles.dot} ${styles.round} ${styles[isEmpty ? 'cancelled' : state]}`} />
      {label}
    </span>
  );
}
