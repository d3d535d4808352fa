import { counted } from '../terminal/plural.ts';

/**
 * @param inFlight pairs that were sent and have no outcome yet
 * @param leftOut those of them that the portal's answer did not name
 * @example describeInFlight(2, 0) // ['2 invitations are in flight; their outcomes are not known yet.']
 */
export function describeInFlight(inFlight: number, leftOut: number): string[] {
  const unanswered = inFlight - leftOut;
  const are =
    unanswered === 1 ? 'is in flight; its outcome is' : 'are in flight; their outcomes are';
  const were = leftOut === 1 ? 'was' : 'were';
  const reasons = leftOut === 1 ? 'reason is' : 'reasons are';
  return [
    ...(unanswered > 0 ? [`${counted(unanswered, 'invitation')} ${are} not known yet.`] : []),
    ...(leftOut > 0
      ? [
          `${counted(leftOut, 'pair')} ${were} left out of the portal’s answer; the ${reasons} not known yet.`,
        ]
      : []),
  ];
}

/** @example summarizeInFlight(5, 2) // '3 in flight, 2 left out of the portal’s answer' */
export function summarizeInFlight(inFlight: number, leftOut: number): string {
  const unanswered = inFlight - leftOut;
  return [
    ...(unanswered > 0 ? [`${unanswered.toLocaleString('en')} in flight`] : []),
    ...(leftOut > 0 ? [`${leftOut.toLocaleString('en')} left out of the portal’s answer`] : []),
  ].join(', ');
}
