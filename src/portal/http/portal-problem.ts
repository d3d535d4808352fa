import { Problem } from '../../domain/errors/problem.ts';
import type { Unusable } from '../../domain/errors/problem-params.ts';
import { describeFailure, type PortalFailure } from './failure.ts';
import { remedyCodeOf, remedyFor } from './remedy.ts';

/**
 * @param portal host of the portal
 * @returns the problem of the portal as a whole, and what to do about it
 */
export function unusablePortal(portal: string, failure: PortalFailure): Problem {
  const said = describeFailure(failure);
  const does = whatItDoes(failure);
  return new Problem(`${WHAT_FAILS[does](portal)} (${said}).`, fix(failure), {
    coded: {
      code: 'portal_unusable',
      params: { portal, does, said, remedy: remedyCodeOf(failure.code) },
    },
  });
}

const WHAT_FAILS: Readonly<Record<Unusable, (portal: string) => string>> = {
  unreachable: (portal) => `The portal ${portal} cannot be reached`,
  odd: (portal) => `${portal} does not answer as Bitrix24 does`,
  busy: (portal) => `The portal ${portal} has been at its limits for too long`,
  refuses: (portal) => `The portal ${portal} refuses the webhook`,
};

function whatItDoes({ kind }: PortalFailure): Unusable {
  switch (kind) {
    case 'not_sent':
    case 'withheld':
      return 'unreachable';
    case 'unanswered':
    case 'silent':
    case 'abandoned':
      return 'odd';
    case 'rate_limited':
    case 'operating_limited':
      return 'busy';
    case 'held':
    case 'refused':
      return 'refuses';
    default:
      return kind satisfies never;
  }
}

function fix({ kind, code }: PortalFailure): string {
  switch (kind) {
    case 'unanswered':
    case 'silent':
    case 'abandoned':
      return 'Check the address in BITRIX24_WEBHOOK_URL; if it is right, the portal has trouble: try again later.';
    case 'rate_limited':
    case 'operating_limited':
      return 'Find out which other programs use the portal’s REST API, and try again when they rest.';
    case 'not_sent':
    case 'withheld':
    case 'held':
    case 'refused':
      return remedyFor(code);
    default:
      return kind satisfies never;
  }
}
