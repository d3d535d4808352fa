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
import { FindImports } from './find-imports.tsx';
import { ImportItem } from './import-item.tsx';
import styles from './imports.module.css';
import { NoImports } from './no-imports.tsx';

const PAGE = 20;
/** More imports are hardly running at once. */
const MOST_ACTIVE = 100;

/** The imports in progress, then the others; with a search, all that match; or the archive. */
export function ImportsPage() {
  const words = useTexts(importsTexts);
  const isAdmin = useIsAdmin();
  const { get, href } = useAddress();
  const [q, cursor] = [get('q'), get('cursor')];
  const isArchive = get('archived') === 'true';
  const isWhole = q === null && !isArchive;
  const which = { q, active: isWhole ? 'false' : null, archived: isArchive ? 'true' : null };
  const imports = useQuery(importsQuery({ ...which, cursor, limit: PAGE }));
  const isFirst = isWhole && cursor === null;
  const running = useQuery({
    ...importsQuery({ active: 'true', limit: MOST_ACTIVE }),
    enabled: isFirst,
  });
  const active = isFirst ? (running.data?.items ?? []) : [];
  return (
    <div className={layout.page}>
      <div className={layout.head}>
        <PageTitle title={isArchive ? words.archiveTitle : words.title} />
        {isAdmin && (
          <Button component={Link} href="/new">
            {words.create}
          </Button>
        )}
      </div>
      <FindImports />
      {active.length > 0 && (
        <>
          <h2 className={styles.part}>{words.active}</h2>
          <ul className={styles.list} aria-label={words.active}>
            {active.map((it) => (
              <ImportItem key={it.id} it={it} />
            ))}
          </ul>
        </>
      )}
      <QueryBoundary of={imports} height={240}>
        {({ items }) => {
          if (items.length === 0 && cursor === null) {
            if (!isWhole) return <p role="status">{words.noneFound}</p>;
            if (running.isPending) return null;
            return active.length === 0 ? <NoImports /> : <NotifySwitch />;
          }
          return (
            <>
              {active.length > 0 && <h2 className={styles.part}>{words.others}</h2>}
              <ul className={styles.list} aria-label={words.list}>
                {items.map((it) => (
                  <ImportItem key={it.id} it={it} />
                ))}
              </ul>
              <Pager of={imports} />
              <NotifySwitch />
            </>
          );
        }}
      </QueryBoundary>
      <p>
        <Link href={href({ archived: isArchive ? null : 'true', q: null, cursor: null })}>
          {isArchive ? words.toList : words.toArchive}
        </Link>
      </p>
    </div>
  );
}
