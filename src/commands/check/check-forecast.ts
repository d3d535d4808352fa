import type { Forecast } from '../../domain/time/forecast.ts';
import type { Limit } from '../../domain/time/lower-bound.ts';
import { duration } from '../terminal/format-duration.ts';
import { counted } from '../terminal/plural.ts';
import type { Findings } from './check-findings.ts';

const TAKES_TIME: Readonly<Record<Limit, string>> = {
  requests: 'the portal’s limit of requests per second',
  work: 'the portal’s processing time per invitation',
  operating: 'the portal’s limit of server time for invitations in ten minutes',
};

/** The number of invitations, how long they take, and what that estimate is based on. */
export function forecastLines({ check }: Pick<Findings, 'check'>): string[] {
  const { invitations, forecast } = check;
  if (invitations.pairs === 0) return ['No one would be invited.'];
  const pairs = counted(invitations.pairs, 'invitation');
  const people = counted(invitations.people, 'person', 'people');
  return [
    `${pairs} would be sent to ${people} in about ${span(forecast)}.`,
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
    ? `This assumes ${cost} of server time per invitation; it has not been measured yet.`
    : `Recently measured: ${cost} of server time per invitation.`;
}
