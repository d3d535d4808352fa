import { Fragment } from 'react';
import type { Review } from '../../../server/schemas/review-schema.ts';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import styles from './review.module.css';

/** The pairs, duplicates and rejects in the rows, as a sum. */
export function Counts({ counts }: { counts: Review['counts'] }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const terms = (['pairs', 'duplicates', 'rejects'] as const).map(
    (one) => [words.counts[one](counts[one]), counts[one]] as const,
  );
  return (
    <Section title={words.countsTitle} extra={words.rows(counts.rows)}>
      <dl className={styles.sum}>
        {terms.map(([name, count], i) => (
          <Fragment key={name}>
            <div className={styles.term}>
              <dt>{name}</dt>
              <dd>
                {i > 0 && '+ '}
                {format.number(count)}
              </dd>
            </div>
          </Fragment>
        ))}
        <div className={styles.term}>
          <dt>{words.sum}</dt>
          <dd>= {format.number(counts.total)}</dd>
        </div>
      </dl>
    </Section>
  );
}
