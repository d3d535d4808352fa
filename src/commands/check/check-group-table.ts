import type { GroupCheck } from '../../domain/imports/import-check.ts';
import { type Column, shorten, textTable } from '../terminal/text-table.ts';
import type { Findings } from './check-findings.ts';

const number = (count: number): string => count.toLocaleString('en');

const COLUMNS: readonly Column[] = [
  { heading: '  GROUP', align: 'left' },
  { heading: 'PEOPLE', align: 'right' },
  { heading: 'IN FILE', align: 'right' },
  { heading: 'MEMBERS', align: 'right' },
  { heading: 'PENDING', align: 'right' },
  { heading: 'TO INVITE', align: 'right' },
  { heading: '', align: 'left' },
];

/** What each group is to expect, those in trouble first. */
export function groupLines({ groups, troubled }: Pick<Findings, 'groups' | 'troubled'>): string[] {
  if (groups.count === 0) return [];
  const more = groups.count - troubled.length;
  return [
    ...textTable(COLUMNS, troubled.map(groupRow)),
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ];
}

function groupRow(group: GroupCheck): string[] {
  const told = (count: number | null) => (count === null ? '–' : number(count));
  const name = group.name === null ? `${group.id}` : `${shorten(group.name)} (${group.id})`;
  return [
    `  ${name}`,
    told(group.size),
    number(group.pairs),
    told(group.members),
    told(group.pending),
    group.visible === null ? '–' : number(group.toInvite),
    remark(group),
  ];
}

function remark({ visible, mayInvite, failing }: GroupCheck): string {
  if (visible === null) return 'could not be read: the portal answers with an error';
  if (!visible) return 'not there, or you cannot see it';
  if (mayInvite === false) return 'you may not invite here';
  return failing > 0 ? `people not listed: ${number(failing)}` : '';
}
