import { Problem } from '../domain/problem.ts';
import { describeFailure, type PortalFailure } from './failure.ts';
import { remedyFor } from './remedy.ts';

/**
 * @param portal host of the portal
 * @returns what keeps the portal as a whole from answering, and what to do about it
 */
export function unusablePortal(portal: string, failure: PortalFailure): Problem {
  return new Problem(`${whatFails(portal, failure)} (${describeFailure(failure)}).`, mend(failure));
}

function whatFails(portal: string, { kind }: PortalFailure): string {
  switch (kind) {
    case 'not_sent':
      return `The portal ${portal} cannot be reached`;
    case 'unanswered':
      return `${portal} does not answer as Bitrix24 does`;
    case 'rate_limited':
    case 'operating_limited':
      return `The portal ${portal} has been at its limits for too long`;
    case 'held':
    case 'refused':
      return `The portal ${portal} refuses the webhook`;
    default:
      return kind satisfies never;
  }
}

function mend({ kind, code }: PortalFailure): string {
  switch (kind) {
    case 'unanswered':
      return 'Check the address in BITRIX24_WEBHOOK_URL; if it is right, the portal has trouble: try again later.';
    case 'rate_limited':
    case 'operating_limited':
      return 'Find out which other programs use the portal’s REST API, and try again when they rest.';
    case 'not_sent':
    case 'held':
    case 'refused':
      return remedyFor(code);
    default:
      return kind satisfies never;
  }
}
