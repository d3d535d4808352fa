import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { importsQuery } from '../../api/imports-api.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { useAddress } from '../../components/address.ts';
import layout from '../../components/layout.module.css';
import { PageTitle } from '../../components/page-title.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { importsTexts } from '../../i18n/texts.ts';
import { NotifySwitch } from '../notify/notify-switch.tsx';
import { ImportItem } from './import-item.tsx';
import styles from './imports.module.css';
import { NoImports } from './no-imports.tsx';

const PAGE = 20;

export function ImportsPage() {
  const words = useTexts(importsTexts);
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
      <QueryBoundary of={imports} height={240}>
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
              <NotifySwitch />
            </>
          )
        }
      </QueryBoundary>
    </div>
  );
}
