import type { Progress } from '../../server/schemas/import.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { Section } from '../layout/section.tsx';
import styles from '../upload/upload.module.css';
import { reviewWords } from './words.ts';

/** The file is read, or the portal asked: how far that is. */
export function Checking({ progress }: { progress: Progress }) {
  const words = useWords(reviewWords);
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
