import { counted } from '../terminal/plural.ts';

/**
 * @example describeInFlight(509)
 * // '509 invitations are in flight; their outcomes are not known yet.'
 */
export function describeInFlight(count: number): string {
  const are = count === 1 ? 'is in flight; its outcome is' : 'are in flight; their outcomes are';
  return `${counted(count, 'invitation')} ${are} not known yet.`;
}
