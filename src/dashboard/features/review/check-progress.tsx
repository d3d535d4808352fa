import type { Progress } from '../../../server/schemas/import-schema.ts';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import styles from '../upload/upload.module.css';

/** The progress of reading the file or of querying the portal. */
export function Checking({ progress }: { progress: Progress }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const { done, of, waitingFor } = progress;
  const title = words.progress[progress.what];
  return (
    <Section title={title}>
      <progress
        className={styles.progress}
        aria-label={title}
        {...(of === null ? {} : { value: done, max: Math.max(1, of) })}
      />
      <p>
        {of === null
          ? done > 0 && words.soFar(format.number(done))
          : words.of(format.number(done), format.number(of))}
        {waitingFor !== null && ` · ${words.waitingFor[waitingFor]}`}
      </p>
    </Section>
  );
}
