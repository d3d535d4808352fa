import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { OUTCOMES, type Outcome } from '../../domain/outcome.ts';
import type { GroupFigures } from '../../server/schemas/group.ts';
import type { Import } from '../../server/schemas/import.ts';
import { address } from '../api/ask.ts';
import { groupsQuery } from '../api/imports.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { useAddress } from '../layout/address.ts';
import { Answer } from '../layout/answer.tsx';
import { type Column, DataTable } from '../layout/data-table.tsx';
import layout from '../layout/layout.module.css';
import { Pager } from '../layout/pager.tsx';
import { Section } from '../layout/section.tsx';
import { outcomeWords } from '../outcome/words.ts';
import { reviewWords } from '../review/words.ts';
import { pairWords } from './pair-words.ts';

const PAGE = 50;
/** Duplicates and rejects belong to no group. */
const SHOWN: readonly Outcome[] = OUTCOMES.filter(
  (one) => one !== 'duplicate' && one !== 'rejected',
);

/** What became of each group's people. */
export function GroupsView({ it }: { it: Import }) {
  const words = useWords(pairWords);
  const { outcome: names } = useWords(outcomeWords);
  const { format } = useLanguage();
  const { get } = useAddress();
  const pairsOf = (group: GroupFigures, outcome?: Outcome) =>
    address(`/imports/${it.id}/pairs`, { group_id: group.id, outcome });
  const groups = useQuery(groupsQuery(it.id, { cursor: get('cursor'), limit: PAGE }));
  const shown = SHOWN.filter((one) => it.outcomes[one] > 0);
  return (
    <Section title={words.groups}>
      <Answer of={groups} height={400}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <p>{words.noGroups}</p>
            ) : (
              <DataTable
                label={words.groups}
                rows={items}
                columns={[
                  {
                    head: words.groupHead.group,
                    kind: 'name',
                    of: (group) => <Named group={group} href={pairsOf(group)} />,
                  },
                  {
                    head: words.groupHead.pairs,
                    label: words.groupHead.pairs,
                    kind: 'number',
                    of: (group) => format.number(group.pairs),
                  },
                  ...shown.map(
                    (one): Column<GroupFigures> => ({
                      head: names[one],
                      label: names[one],
                      kind: 'number',
                      of: (group) => <Count n={group.outcomes[one]} href={pairsOf(group, one)} />,
                    }),
                  ),
                ]}
              />
            )}
            <Pager of={groups} />
          </>
        )}
      </Answer>
    </Section>
  );
}

function Named({ group: { id, name }, href }: { group: GroupFigures; href: string }) {
  const { unnamed } = useWords(reviewWords);
  return (
    <>
      <Link href={href}>
        <bdi>{name ?? unnamed(String(id))}</bdi>
      </Link>
      {name && <div className={layout.dimmed}>{id}</div>}
    </>
  );
}

function Count({ n, href }: { n: number; href: string }) {
  const { format } = useLanguage();
  return n > 0 ? <Link href={href}>{format.number(n)}</Link> : 0;
}
