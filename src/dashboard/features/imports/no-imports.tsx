import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { importsTexts } from '../../i18n/texts.ts';
import styles from './imports.module.css';
import { SampleLinks } from './sample-links.tsx';

export function NoImports() {
  const words = useTexts(importsTexts);
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
