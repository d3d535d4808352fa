import type { ReactNode } from 'react';
import { OUTCOMES, type Outcome } from '../../../domain/pairs/outcome.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { commonTexts, outcomeTexts } from '../../i18n/texts.ts';
import styles from './outcome.module.css';

type Counts = Readonly<Record<Outcome, number>>;

export const present = (counts: Counts) => OUTCOMES.filter((outcome) => counts[outcome] > 0);

/** All rows as one bar, divided by outcome. */
export function OutcomeBar({ counts, small = false }: { counts: Counts; small?: boolean }) {
  const { outcome: terms } = useTexts(outcomeTexts);
  const { outcomeBar: bar } = useTexts(commonTexts);
  const { format } = useLanguage();
  const words = present(counts).map((one) => `${terms[one].label} ${format.number(counts[one])}`);
  return (
    <div
      className={`${styles.bar} ${small ? styles.small : ''}`}
      role="img"
      aria-label={`${bar}: ${words.join(', ')}`}
    >
      {present(counts).map((one) => (
        <div
          key={one}
          className={`${styles.part} ${styles[one]}`}
          style={{ flexGrow: counts[one], flexBasis: 0 }}
          title={`${terms[one].label} ${format.number(counts[one])}`}
        />
      ))}
    </div>
  );
}

interface LegendProps {
  counts: Counts;
  /** Wraps a name, for example in a link. */
  wrap?: (outcome: Outcome, name: string) => ReactNode;
}

export function OutcomeLegend({ counts, wrap = (_, name) => name }: LegendProps) {
  const { outcome: terms } = useTexts(outcomeTexts);
  const { format } = useLanguage();
  return (
    <ul className={styles.legend}>
      {present(counts).map((one) => (
        <li key={one} className={styles.mark}>
          <span className={`${styles.dot} ${styles[one]}`} />
          {wrap(one, terms[one].label)}{' '}
          <span className={styles.count}>{format.number(counts[one])}</span>
        </li>
      ))}
    </ul>
  );
}

/** One outcome as text and colour. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const { outcome: terms } = useTexts(outcomeTexts);
  return (
    <span className={styles.mark} title={terms[outcome].meaning}>
      <span className={`${styles.dot} ${styles[outcome]}`} />
      {terms[outcome].label}
    </span>
  );
}
