import type { ImportWait } from '../../domain/imports/import-wait.ts';
import type { WaitingGroup, WaitingGroups } from '../../domain/imports/waiting-group.ts';
import { counted } from '../terminal/plural.ts';

const WORDS: Readonly<Record<ImportWait['reason'], string>> = {
  hold: 'held by the portal',
  redis: 'waiting: Redis does not answer',
  operating: 'waiting: the portal’s server time for invitations is used up',
  requests: 'waiting: rate-limited by the portal',
  groups: 'waiting to retry the remaining groups',
  import: 'waiting for another import that has the same invitations in flight',
  quiet_hours: 'waiting: quiet hours (QUIET_HOURS)',
};

/** @example describeWait({ reason: 'operating', until }) // 'waiting: …, until 10:05:00' */
export const describeWait = ({ reason, until }: ImportWait): string =>
  until === undefined ? WORDS[reason] : `${WORDS[reason]}, until ${clock(until)}`;

/** @returns one line per waiting group: the error, its start, and the time of the next attempt */
export function describeGroups({ count, first }: WaitingGroups): string[] {
  const named = new Set(first.map(({ id }) => id)).size;
  return [
    ...first.map(describeGroup),
    ...(count > named ? [`and ${counted(count - named, 'more group')}`] : []),
  ];
}

/** @example 'Group 7 cannot be read (100: Group not found), first failure at 10:00:00, next attempt at 10:05:00.' */
export function describeGroup({ id, step, since, nextTryAt, ...said }: WaitingGroup): string {
  const cannot = step === 'read' ? 'cannot be read' : 'accepts no invitations';
  const words = [said.code, said.description].filter((text) => text !== '').join(': ');
  return `Group ${id} ${cannot} (${words}), first failure at ${clock(since)}, next attempt at ${clock(nextTryAt)}.`;
}

/** The time of day, with the date unless it is today. */
function clock(at: Date): string {
  const [day = '', time = ''] = at.toLocaleString('sv').split(' ');
  return day === new Date().toLocaleDateString('sv') ? time : `${day} ${time}`;
}
