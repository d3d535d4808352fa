import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { OUTCOMES, type Outcome } from '../../../domain/pairs/outcome.ts';
import type { GroupFigures } from '../../../server/schemas/group-schema.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { groupsQuery } from '../../api/imports-api.ts';
import { address } from '../../api/request.ts';
import { useAddress } from '../../components/address.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { Pager } from '../../components/pager.tsx';
import { QueryBoundary } from '../../components/query-boundary.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { outcomeTexts, pairTexts, reviewTexts } from '../../i18n/texts.ts';
import { LeaveOutButton } from '../pairs/leave-out-button.tsx';
import { GROUP_FIGURES, GroupProblems } from '../review/group-checks.tsx';

const PAGE = 50;
/** Duplicates and rejects are not counted per group. */
const SHOWN: readonly Outcome[] = OUTCOMES.filter(
  (one) => one !== 'duplicate' && one !== 'rejected',
);

export function GroupsView({ it }: { it: Import }) {
  const words = useTexts(pairTexts);
  const { outcome: terms } = useTexts(outcomeTexts);
  const { format } = useLanguage();
  const { get } = useAddress();
  const pairsOf = (group: GroupFigures, outcome?: Outcome) =>
    address(`/imports/${it.id}/pairs`, { group_id: group.id, outcome });
  const groups = useQuery(
    groupsQuery(it.id, { cursor: get('cursor'), limit: PAGE, sort: 'problems' }),
  );
  const review = useTexts(reviewTexts);
  const isBefore = it.state === 'ready';
  const shown = SHOWN.filter((one) => it.outcomes[one] > 0 && !(isBefore && one === 'pending'));
  // Before the start, what the check expects.
  const expected = isBefore ? (['fresh', 'there', 'failing'] as const) : [];
  return (
    <Section title={words.groups}>
      <QueryBoundary of={groups} height={400}>
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
                    of: (group) => (
                      <>
                        <Named group={group} href={pairsOf(group)} />
                        {isBefore && group.check && <GroupProblems group={group.check} />}
                        {group.outcomes.pending > 0 && (
                          <LeaveOutButton
                            it={it}
                            what={{ group_id: group.id }}
                            question={review.leaveOutGroup(
                              group.name ?? review.unnamed(String(group.id)),
                              group.outcomes.pending,
                            )}
                          />
                        )}
                      </>
                    ),
                  },
                  {
                    head: words.groupHead.pairs,
                    label: words.groupHead.pairs,
                    kind: 'number',
                    of: (group) => format.number(group.pairs),
                  },
                  ...expected.map(
                    (one): Column<GroupFigures> => ({
                      head: review.groupHead[one],
                      label: review.groupHead[one],
                      kind: 'number',
                      of: ({ check }) => check && format.number(GROUP_FIGURES[one](check)),
                    }),
                  ),
                  ...shown.map(
                    (one): Column<GroupFigures> => ({
                      head: terms[one].label,
                      label: terms[one].label,
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
      </QueryBoundary>
    </Section>
  );
}

function Named({ group: { id, name }, href }: { group: GroupFigures; href: string }) {
  const { unnamed } = useTexts(reviewTexts);
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
