import { Link } from 'wouter';
import styles from '../components/layout.module.css';
import { PageTitle } from '../components/page-title.tsx';
import { useTexts } from '../i18n/language.tsx';
import { frameTexts } from '../i18n/texts.ts';

/** Shown instead of the queue to viewers. */
export function AdminsOnly() {
  const words = useTexts(frameTexts);
  return (
    <div className={styles.page}>
      <PageTitle title={words.adminsOnly} />
      <p>{words.otherKey}</p>
      <p>
        <Link href="/">{words.toImports}</Link>
      </p>
    </div>
  );
}
