import { Link } from 'wouter';
import type { z } from 'zod';
import type { GroupCheck } from '../../../server/schemas/group-schema.ts';
import type { Import } from '../../../server/schemas/import-schema.ts';
import type { PortalCheck as PortalCheckSchema } from '../../../server/schemas/review-schema.ts';
import { address } from '../../api/request.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import layout from '../../components/layout.module.css';
import { Section } from '../../components/section.tsx';
import type { reviewEn } from '../../i18n/en/review-en.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { reviewTexts } from '../../i18n/texts.ts';
import { LeaveOutButton } from '../pairs/leave-out-button.tsx';

export type PortalCheck = z.infer<typeof PortalCheckSchema>;

/** More groups would hide what comes after them. */
const MOST = 12;

/** Planned invitations per group; groups with problems first. */
export function GroupChecks({ it, groups }: { it: Import; groups: PortalCheck['groups'] }) {
  const words = useTexts(reviewTexts);
  const { format } = useLanguage();
  const first = groups.first.slice(0, MOST);
  if (groups.count === 0) return null;
  return (
    <Section
      title={words.groupsTitle(groups.count)}
      extra={<Link href={`/imports/${it.id}/groups`}>{words.allGroups}</Link>}
    >
      {first.length < groups.count && (
        <p className={layout.dimmed}>{words.groupsOf(format.number(first.length), groups.count)}</p>
      )}
      <DataTable
        label={words.groupsTitle(groups.count)}
        rows={first}
        columns={[
          { head: words.group, kind: 'name', of: (group) => <Named it={it} group={group} /> },
          ...(['pairs', 'fresh', 'there', 'failing'] as const).map(
            (one): Column<GroupCheck> => ({
              head: words.groupHead[one],
              label: words.groupHead[one],
              kind: 'number',
              of: (group) => format.number(GROUP_FIGURES[one](group)),
            }),
          ),
        ]}
      />
    </Section>
  );
}

/** What the check expects of a group's pairs. */
export const GROUP_FIGURES = {
  pairs: ({ pairs }: GroupCheck) => pairs,
  fresh: ({ toInvite }: GroupCheck) => toInvite,
  // The webhook's user is skipped as well.
  there: ({ visible, pairs, toInvite, failing, unseen }: GroupCheck) =>
    visible === null ? 0 : pairs - toInvite - failing - unseen,
  failing: ({ failing }: GroupCheck) => failing,
};

function Named({ it, group }: { it: Import; group: GroupCheck }) {
  const words = useTexts(reviewTexts);
  const name = group.name ?? words.unnamed(String(group.id));
  return (
    <>
      <Link href={address(`/imports/${it.id}/pairs`, { group_id: group.id })}>
        <bdi>{name}</bdi>
      </Link>
      <GroupProblems group={group} />
      <LeaveOutButton
        it={it}
        what={{ group_id: group.id }}
        question={words.leaveOutGroup(name, group.pairs)}
      />
    </>
  );
}

/** What prevents invitations into a group, or makes them end differently. */
export function GroupProblems({ group }: { group: GroupCheck }) {
  const words = useTexts(reviewTexts);
  return problemsOf(group, words).map((problem) => (
    <div key={problem} className={layout.warn}>
      {problem}
    </div>
  ));
}

function problemsOf(group: GroupCheck, words: typeof reviewEn): string[] {
  const { visible, name, mayInvite, banned, unseen, collab, archived, toInvite } = group;
  if (visible === null) return [words.unread];
  if (!visible) return [name === null ? words.invisible : words.hidden];
  if (mayInvite === false) return [words.notAllowed];
  return [
    ...(unseen > 0 ? [words.unseen(unseen)] : []),
    ...(banned > 0 ? [words.banned(banned)] : []),
    ...(collab && toInvite > 0 ? [words.collab] : []),
    ...(archived && toInvite > 0 ? [words.archived] : []),
  ];
}
