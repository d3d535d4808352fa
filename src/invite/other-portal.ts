import { Problem } from '../domain/errors/problem.ts';
import type { Import } from '../domain/imports/import.ts';

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
  return new Problem(
    `Import ${id} is for ${wanted}, not for ${portal}.`,
    `Set BITRIX24_WEBHOOK_URL to a webhook of ${wanted} and start again.`,
    { coded: { code: 'other_portal', params: { id, portal: wanted } } },
  );
}
