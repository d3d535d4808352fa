import { Link } from 'wouter';
import type { z } from 'zod';
import type { GroupCheck } from '../../server/schemas/group.ts';
import type { PortalCheck as PortalCheckSchema } from '../../server/schemas/review.ts';
import { useLanguage, useWords } from '../language/language.tsx';
import { DataTable } from '../layout/data-table.tsx';
import layout from '../layout/layout.module.css';
import { Section } from '../layout/section.tsx';
import styles from './review.module.css';
import { reviewWords } from './words.ts';

export type PortalCheck = z.infer<typeof PortalCheckSchema>;

/** More would only hide what comes after them. */
const MOST = 12;

/** Who would be invited where; groups with troubles first. */
export function GroupChecks({ id, groups }: { id: number; groups: PortalCheck['groups'] }) {
  const words = useWords(reviewWords);
  const { format } = useLanguage();
  const first = groups.first.slice(0, MOST);
  if (groups.count === 0) return null;
  const { pairs, fresh, there, failing } = words.groupHead;
  return (
    <Section
      title={`${words.groupsTitle}: ${format.number(groups.count)}`}
      aside={<Link href={`/imports/${id}/groups`}>{words.allGroups}</Link>}
    >
      {first.length < groups.count && (
        <p className={layout.dimmed}>{words.groupsOf(groups.count)}</p>
      )}
      <DataTable
        label={words.groupsTitle}
        head={[words.group, pairs, fresh, there, failing]}
        numbers={[1, 2, 3, 4]}
      >
        {first.map((group) => (
          <GroupRow key={group.id} group={group} />
        ))}
      </DataTable>
    </Section>
  );
}

function GroupRow({ group }: { group: GroupCheck }) {
  const words = useWords(reviewWords);
  const { format } = useLanguage();
  const there = (group.members ?? 0) + (group.pending ?? 0);
  const trouble = !group.visible
    ? words.invisible
    : group.mayInvite === false
      ? words.notAllowed
      : null;
  return (
    <tr>
      <td className={layout.wide}>
        {group.name ?? words.unnamed(String(group.id))}
        {trouble && <div className={styles.warn}>{trouble}</div>}
      </td>
      {[group.pairs, group.toInvite, there, group.failing].map((count, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay where they are
        <td key={i} className={layout.number}>
          {format.number(count)}
        </td>
      ))}
    </tr>
  );
}
