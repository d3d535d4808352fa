import type { Import } from '../../domain/imports/import.ts';
import { typed } from '../../platform/invocation.ts';

/** @returns the command that has an import worked on where nothing does, and on a line of its own another way */
export function startWork({ fileName, message }: Pick<Import, 'fileName' | 'message'>): string {
  // With another message, or read otherwise, the same file is another import.
  const same = message === null ? 'the same options' : 'the same --message and other options';
  return `${typed('serve')}\nOr run ${fileName} again with ${same}.`;
}
