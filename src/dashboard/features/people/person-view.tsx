import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { personQuery } from '../../api/imports-api.ts';
import { FileName } from '../../components/file-name.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { useTexts } from '../../i18n/language.tsx';
import { peopleTexts } from '../../i18n/texts.ts';
import { isNumber } from '../pairs/filters.ts';
import { PairTable } from '../pairs/pair-table.tsx';
import { PersonGroups } from './person-groups.tsx';

/** Most entries of one person on a page: hardly anyone has more. */
const ENTRIES = 500;

/** What was imported for one person: a summary per group, and every entry. */
export function PersonView({ who, cursor }: { who: string; cursor: string | null }) {
  const words = useTexts(peopleTexts);
  const by = isNumber(who) ? { user_id: who } : { email: who };
  const found = useQuery(personQuery({ ...by, cursor, limit: ENTRIES }));
  return (
    <QueryBoundary of={found} height={200}>
      {({ items }) =>
        items.length === 0 ? (
          <p role="status">{words.none(who)}</p>
        ) : (
          <>
            <PersonGroups records={items} />
            <Section title={words.found(who)}>
              <PairTable
                label={words.found(who)}
                pairs={items}
                emailOf={({ email }) => email}
                extra={{
                  head: words.import,
                  label: words.import,
                  of: ({ importId, fileName }) => (
                    <Link href={`/imports/${importId}`}>
                      <FileName name={fileName} />
                    </Link>
                  ),
                }}
              />
              <Pager of={found} />
            </Section>
          </>
        )
      }
    </QueryBoundary>
  );
}
