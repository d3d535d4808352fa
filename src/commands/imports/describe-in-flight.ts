import { counted } from '../terminal/plural.ts';

/**
 * @example describeInFlight(509)
 * // '509 invitations have left already; what came of them is not known yet.'
 */
export function describeInFlight(count: number): string {
  const [have, them] = count === 1 ? ['has', 'it'] : ['have', 'them'];
  return `${counted(count, 'invitation')} ${have} left already; what came of ${them} is not known yet.`;
}
