import { Link } from 'wouter';
import { useWords } from '../language/language.tsx';
import styles from '../layout/layout.module.css';
import { PageTitle } from '../layout/page-title.tsx';
import { frameWords } from './words.ts';

export function NotFound() {
  const words = useWords(frameWords);
  return (
    <div className={styles.page}>
      <PageTitle title={words.notFound} />
      <p>
        <Link href="/">{words.toImports}</Link>
      </p>
    </div>
  );
}
