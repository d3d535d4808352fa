import type { Outcome } from '../../../domain/pairs/outcome.ts';
import { useTexts } from '../../i18n/language.tsx';
import { commonTexts, outcomeTexts } from '../../i18n/texts.ts';
import styles from './outcome.module.css';
import { OutcomeMark, present } from './outcome-bar.tsx';

/** Explains the outcomes that occur; collapsed until it is opened. */
export function OutcomeMeanings({ counts }: { counts: Readonly<Record<Outcome, number>> }) {
  const words = useTexts(commonTexts);
  const { outcome: terms } = useTexts(outcomeTexts);
  return (
    <details className={styles.meanings}>
      <summary>{words.outcomeMeanings}</summary>
      <dl>
        {present(counts).map((one) => (
          <div key={one}>
            <dt>
              <OutcomeMark outcome={one} />
            </dt>
            <dd>{terms[one].meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
