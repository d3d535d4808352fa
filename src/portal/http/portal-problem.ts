import type { Problem } from '../../domain/errors/problem.ts';
import type { Unusable } from '../../messages/en/problems-en.ts';
import { problem } from '../../messages/problems.ts';
import { describeFailure, type PortalFailure } from './failure.ts';
import { remedyCodeOf } from './remedy.ts';

/**
 * @param portal host of the portal
 * @returns the problem of the portal as a whole, and what to do about it
 */
export function unusablePortal(portal: string, failure: PortalFailure): Problem {
  return problem('portal_unusable', {
    portal,
    does: whatItDoes(failure),
    said: describeFailure(failure),
    remedy: remedyCodeOf(failure),
  });
}

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
