import type { Forecast } from '../../domain/time/forecast.ts';
import type { Limit } from '../../domain/time/makespan.ts';
import { duration } from '../terminal/format-duration.ts';
import { counted } from '../terminal/plural.ts';
import type { Findings } from './check-findings.ts';

const TAKES_TIME: Readonly<Record<Limit, string>> = {
  requests: 'the portal’s limit of requests per second',
  work: 'the portal’s processing time per invitation',
  operating: 'the portal’s limit of server time for invitations in ten minutes',
};

/** The number of invitations, how long they take, and what that estimate is based on. */
export function forecastLines({ check, groups }: Pick<Findings, 'check' | 'groups'>): string[] {
  const { invitations, forecast } = check;
  const { unseen } = groups;
  const perhaps =
    unseen === 0
      ? []
      : [
          `Up to ${counted(unseen, 'further invitation')} would be sent to people that the webhook cannot see, if they exist.`,
        ];
  if (invitations.pairs === 0) {
    return [
      unseen === 0 ? 'No one would be invited.' : 'No one is sure to be invited.',
      ...perhaps,
    ];
  }
  const pairs = counted(invitations.pairs, 'invitation');
  const people = counted(invitations.people, 'person', 'people');
  return [
    `${pairs} would be sent to ${people} in about ${span(forecast)}.`,
    ...perhaps,
    `Limiting factor: ${TAKES_TIME[forecast.limit]}.`,
    restsOn(forecast),
  ];
}

function span({ seconds }: Forecast): string {
  if (seconds < 1) return 'a second';
  return seconds < 60 ? `${Math.ceil(seconds)} seconds` : duration(seconds);
}

function restsOn({ costPerInviteSeconds, assumed }: Forecast): string {
  const cost = `${Number(costPerInviteSeconds.toPrecision(2))} seconds`;
  return assumed
    ? `This is a guess: it assumes ${cost} of server time per invitation, which has not been measured yet.`
    : `Recently measured: ${cost} of server time per invitation.`;
}
