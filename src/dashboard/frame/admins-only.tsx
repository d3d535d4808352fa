import { Link } from 'wouter';
import { useWords } from '../language/language.tsx';
import styles from '../layout/layout.module.css';
import { PageTitle } from '../layout/page-title.tsx';
import { frameWords } from './words.ts';

/** In place of the queue, for whoever may only look. */
export function AdminsOnly() {
  const words = useWords(frameWords);
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
