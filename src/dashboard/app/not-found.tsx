import { Link } from 'wouter';
import styles from '../components/layout.module.css';
import { PageTitle } from '../components/page-title.tsx';
import { useTexts } from '../i18n/language.tsx';
import { frameTexts } from '../i18n/texts.ts';

interface Props {
  /** What was not found. @default page */
  what?: 'page' | 'import';
}

export function NotFound({ what = 'page' }: Props) {
  const words = useTexts(frameTexts);
  return (
    <div className={styles.page}>
      <PageTitle title={what === 'import' ? words.noImport : words.notFound} />
      <p>
        <Link href="/">{words.toImports}</Link>
      </p>
    </div>
  );
}
