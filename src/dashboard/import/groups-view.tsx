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
import { DataTable } from '../layout/data-table.tsx';
import layout from '../layout/layout.module.css';
import { Pager } from '../layout/pager.tsx';
import { Section } from '../layout/section.tsx';
import { outcomeWords } from '../outcome/words.ts';
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
  const { get } = useAddress();
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
                head={[
                  words.groupHead.group,
                  words.groupHead.pairs,
                  ...shown.map((one) => names[one]),
                ]}
                numbers={[1, ...shown.map((_, i) => i + 2)]}
              >
                {items.map((group) => (
                  <GroupRow key={group.id} id={it.id} group={group} shown={shown} />
                ))}
              </DataTable>
            )}
            <Pager of={groups} />
          </>
        )}
      </Answer>
    </Section>
  );
}

interface RowProps {
  id: number;
  group: GroupFigures;
  shown: readonly Outcome[];
}

function GroupRow({ id, group, shown }: RowProps) {
  const { format } = useLanguage();
  const pairs = (outcome?: Outcome) =>
    address(`/imports/${id}/pairs`, { group_id: group.id, outcome });
  return (
    <tr>
      <td className={layout.name}>
        <Link href={pairs()}>{group.name ?? group.id}</Link>
        {group.name && <div className={layout.dimmed}>{group.id}</div>}
      </td>
      <td className={layout.number}>{format.number(group.pairs)}</td>
      {shown.map((one) => {
        const count = group.outcomes[one];
        return (
          <td key={one} className={layout.number}>
            {count > 0 ? <Link href={pairs(one)}>{format.number(count)}</Link> : 0}
          </td>
        );
      })}
    </tr>
  );
}
