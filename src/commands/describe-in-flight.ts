import { counted } from './counted.ts';

/** @example describeInFlight(509) // '509 invitations are in flight and may still go out.' */
export function describeInFlight(count: number): string {
  return `${counted(count, 'invitation')} ${count === 1 ? 'is' : 'are'} in flight and may still go out.`;
}
