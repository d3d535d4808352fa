import { Link } from 'wouter';
import { useWords } from '../language/language.tsx';
import styles from '../layout/layout.module.css';
import { PageTitle } from '../layout/page-title.tsx';
import { frameWords } from './words.ts';

interface Props {
  /** What is not there. @default page */
  what?: 'page' | 'import';
}

export function NotFound({ what = 'page' }: Props) {
  const words = useWords(frameWords);
  return (
    <div className={styles.page}>
      <PageTitle title={what === 'import' ? words.noImport : words.notFound} />
      <p>
        <Link href="/">{words.toImports}</Link>
      </p>
    </div>
  );
}
