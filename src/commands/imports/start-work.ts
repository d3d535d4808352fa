import type { Import } from '../../domain/imports/import.ts';
import { typed } from '../../platform/invocation.ts';

/** @returns the command that starts work on an import, and on the next line an alternative */
export function startWork({ fileName, message }: Pick<Import, 'fileName' | 'message'>): string {
  // With another message or format, the same file is another import.
  const same = message === null ? 'the same options' : 'the same --message and other options';
  return `${typed('serve')}\nOr run ${fileName} again with ${same}.`;
}
