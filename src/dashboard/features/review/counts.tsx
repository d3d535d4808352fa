import { Fragment } from 'react';
import type { Review } from '../../../server/schemas/review-schema.ts';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import styles from './review.module.css';

/** What the rows come to, as a sum that a person can follow. */
export function Counts({ counts }: { counts: Review['counts'] }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const terms = (['pairs', 'duplicates', 'rejects'] as const).map(
    (one) => [words.counts[one](counts[one]), counts[one]] as const,
  );
  return (
    <Section title={words.countsTitle} aside={words.rows(counts.rows)}>
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
