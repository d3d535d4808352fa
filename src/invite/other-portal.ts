import type { Problem } from '../domain/errors/problem.ts';
import type { Import } from '../domain/imports/import.ts';
import { problem } from '../messages/problems.ts';

/**
 * Checks that an import is for this portal: on another one the same ids name other groups and people.
 *
 * @param portal host of the webhook's portal
 * @returns the problem when the import is for another portal
 */
export function otherPortal(
  { id, portal: wanted }: Pick<Import, 'id' | 'portal'>,
  portal: string,
): Problem | undefined {
  if (wanted === portal) return undefined;
  return problem('other_portal', { id, portal: wanted, here: portal });
}
