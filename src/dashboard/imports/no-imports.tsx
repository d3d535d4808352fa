import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useIsAdmin } from '../frame/session.tsx';
import { useWords } from '../language/language.tsx';
import styles from './imports.module.css';
import { SampleLinks } from './sample-links.tsx';
import { importsWords } from './words.ts';

export function NoImports() {
  const words = useWords(importsWords);
  const isAdmin = useIsAdmin();
  return (
    <div className={styles.empty}>
      <h2>{words.emptyTitle}</h2>
      <p>{isAdmin ? words.empty : words.emptyViewer}</p>
      {isAdmin && (
        <>
          <Button component={Link} href="/new">
            {words.create}
          </Button>
          <SampleLinks />
        </>
      )}
    </div>
  );
}
