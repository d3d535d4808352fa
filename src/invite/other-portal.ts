import { Problem } from '../domain/errors/problem.ts';
import type { Import } from '../domain/imports/import.ts';

/**
 * The same ids name other groups and people on another portal: an import is for one only.
 *
 * @param portal which the webhook is of
 * @returns what is wrong with working on the import, if anything is
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
