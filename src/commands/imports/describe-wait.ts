import type { ImportWait } from '../../domain/imports/import-wait.ts';
import type { WaitingGroup, WaitingGroups } from '../../domain/imports/waiting-group.ts';
import { counted } from '../terminal/plural.ts';

const WORDS: Readonly<Record<ImportWait['reason'], string>> = {
  hold: 'the portal is held',
  redis: 'waiting for Redis, which does not answer',
  operating: 'waiting: the portal’s server time for inviting is used up',
  requests: 'waiting: the portal takes only so many requests a second',
  groups: 'waiting to try the groups that are left again',
  import: 'waiting for another import, which has the same invitations under way',
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

/** @example 'Group 7 cannot be read since 10:00:00 (100: Group not found); tried again at 10:05:00.' */
export function describeGroup({ id, step, since, nextTryAt, ...said }: WaitingGroup): string {
  const cannot = step === 'read' ? 'cannot be read' : 'takes no invitations';
  const words = [said.code, said.description].filter((text) => text !== '').join(': ');
  return `Group ${id} ${cannot} since ${clock(since)} (${words}); tried again at ${clock(nextTryAt)}.`;
}

/** The time of day, with the date unless it is today. */
function clock(at: Date): string {
  const [day = '', time = ''] = at.toLocaleString('sv').split(' ');
  return day === new Date().toLocaleDateString('sv') ? time : `${day} ${time}`;
}
