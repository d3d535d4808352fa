import type { GroupCheck } from '../../domain/imports/import-check.ts';
import { type Column, shorten, textTable } from '../terminal/text-table.ts';
import type { Findings } from './check-findings.ts';

const number = (count: number): string => count.toLocaleString('en');

const COLUMNS: readonly Column[] = [
  { heading: '  GROUP', align: 'left' },
  { heading: 'PEOPLE', align: 'right' },
  { heading: 'IN FILE', align: 'right' },
  { heading: 'ALREADY MEMBERS', align: 'right' },
  { heading: 'ALREADY INVITED', align: 'right' },
  { heading: 'TO INVITE', align: 'right' },
  { heading: '', align: 'left' },
];

/** What would happen in each group. Groups with problems come first. */
export function groupLines({
  groups,
  problematic,
}: Pick<Findings, 'groups' | 'problematic'>): string[] {
  if (groups.count === 0) return [];
  const more = groups.count - problematic.length;
  return [
    ...textTable(COLUMNS, problematic.map(groupRow)),
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ];
}

function groupRow(group: GroupCheck): string[] {
  const cell = (count: number | null) => (count === null ? '–' : number(count));
  const name = group.name === null ? `${group.id}` : `${shorten(group.name)} (${group.id})`;
  return [
    `  ${name}`,
    cell(group.size),
    number(group.pairs),
    cell(group.members),
    cell(group.pending),
    group.visible === null ? '–' : number(group.toInvite),
    remark(group),
  ];
}

function remark(group: GroupCheck): string {
  const { visible, mayInvite, name, unseen, banned, toInvite } = group;
  if (visible === null) return 'could not be read: the portal returned an error';
  if (!visible) {
    return name === null
      ? 'does not exist, or the webhook cannot see it'
      : 'the webhook cannot see it: add its user to the group';
  }
  if (mayInvite === false) return 'the webhook may not invite here';
  const remarks = [
    ...(unseen > 0 ? [`people the webhook cannot see: ${number(unseen)}`] : []),
    ...(banned > 0 ? [`banned: ${number(banned)}`] : []),
    ...(group.collab && toInvite > 0 ? ['collab: invitations stay pending'] : []),
    ...(group.archived && toInvite > 0 ? ['archived'] : []),
  ];
  return remarks.join(', ');
}
