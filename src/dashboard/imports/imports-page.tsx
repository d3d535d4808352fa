import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { importsQuery } from '../api/imports.ts';
import { useIsAdmin } from '../frame/session.tsx';
import { useWords } from '../language/language.tsx';
import { useAddress } from '../layout/address.ts';
import { Answer } from '../layout/answer.tsx';
import layout from '../layout/layout.module.css';
import { PageTitle } from '../layout/page-title.tsx';
import { Pager } from '../layout/pager.tsx';
import { NotifySwitch } from '../notify/notify-switch.tsx';
import { ImportItem } from './import-item.tsx';
import styles from './imports.module.css';
import { NoImports } from './no-imports.tsx';
import { importsWords } from './words.ts';

const PAGE = 20;

export function ImportsPage() {
  const words = useWords(importsWords);
  const isAdmin = useIsAdmin();
  const { get } = useAddress();
  const imports = useQuery(importsQuery({ cursor: get('cursor'), limit: PAGE }));
  return (
    <div className={layout.page}>
      <div className={layout.head}>
        <PageTitle title={words.title} />
        {isAdmin && (
          <Button component={Link} href="/new">
            {words.create}
          </Button>
        )}
      </div>
      <Answer of={imports} height={240}>
        {({ items }) =>
          items.length === 0 && get('cursor') === null ? (
            <NoImports />
          ) : (
            <>
              <ul className={styles.list} aria-label={words.list}>
                {items.map((it) => (
                  <ImportItem key={it.id} it={it} />
                ))}
              </ul>
              <Pager of={imports} />
              <NotifySwitch of="all" />
            </>
          )
        }
      </Answer>
    </div>
  );
}
