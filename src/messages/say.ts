import type { CodedText } from '../domain/text/coded-text.ts';
import type { Params } from './templates.ts';

/** How each of a closed set of sentences is said, by its code. */
export type Templates<Table extends Readonly<Record<string, string>>> = {
  readonly [Code in keyof Table]: (params: Params<Table[Code]>) => string;
};

/**
 * @param said by the server, which fills the slots that a sentence has
 * @returns undefined when a newer server says what this page does not know
 */
export function say(
  templates: Readonly<Record<string, (params: never) => string>>,
  said: CodedText | null,
): string | undefined {
  const known: Readonly<Record<string, ((params: never) => string) | undefined>> = templates;
  return said === null ? undefined : known[said.code]?.(said.params as never);
}
