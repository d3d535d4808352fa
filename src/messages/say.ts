import type { CodedText } from '../domain/text/coded-text.ts';
import type { Params } from './templates.ts';

/** How each of a closed set of sentences is said, by its code. */
export type Templates<Table extends Readonly<Record<string, string>>> = {
  readonly [Code in keyof Table]: (params: Params<Table[Code]>) => string;
};

/**
 * @param said a code with the params that its template needs; null: nothing
 * @returns what the template makes of it; undefined for a code that has none, which a newer version knows
 */
export function say<Words>(
  templates: Readonly<Record<string, (params: never) => Words>>,
  said: CodedText | null,
): Words | undefined {
  const known: Readonly<Record<string, ((params: never) => Words) | undefined>> = templates;
  return said === null ? undefined : known[said.code]?.(said.params as never);
}
