import type { Forecast } from '../../domain/time/forecast.ts';
import type { Limit } from '../../domain/time/lower-bound.ts';
import { duration } from '../terminal/format-duration.ts';
import { counted } from '../terminal/plural.ts';
import type { Findings } from './check-findings.ts';

const TAKES_TIME: Readonly<Record<Limit, string>> = {
  requests: 'the portal takes only so many requests a second',
  work: 'the portal works on each invitation',
  operating: 'the portal gives inviting only so much server time in ten minutes',
};

/** The number of invitations, how long they take, and what that estimate is based on. */
export function forecastLines({ check }: Pick<Findings, 'check'>): string[] {
  const { invitations, forecast } = check;
  if (invitations.pairs === 0) return ['Nobody would be invited.'];
  const pairs = counted(invitations.pairs, 'invitation');
  const people = counted(invitations.people, 'person', 'people');
  return [
    `${pairs} would go out, to ${people}, in about ${span(forecast)}.`,
    `What takes the time: ${TAKES_TIME[forecast.limit]}.`,
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
    ? `This assumes that an invitation takes the portal ${cost}; nobody has measured it yet.`
    : `An invitation takes the portal ${cost}, as was measured lately.`;
}
