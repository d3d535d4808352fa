import { type PhpValue, phpString } from '../rest/php-array.ts';
import { filterProactively } from '../rest/proactive-filter.ts';
import type { Portal } from '../state/sandbox-portal.ts';

/** Longer texts are cut. */
const MAX_CHARACTERS = 20_000;

/**
 * @param sent the MESSAGE of the call
 * @returns the text that the person reads; '' for the portal's default, for which '0' stands as well
 */
export function invitationText(
  { variants }: Portal,
  group: { readonly name: string },
  sent: PhpValue | undefined,
): string {
  const message = phpString(sent);
  if (message === '0') return '';
  const received = variants.proactiveFilter ? filterProactively(message) : message;
  const text = received.replaceAll('#GROUP_NAME#', () => group.name);
  return text.length > MAX_CHARACTERS ? [...text].slice(0, MAX_CHARACTERS).join('') : text;
}
