import { ROW_FAULTS } from '../domain/pairs/row-fault.ts';
import type { CodedText } from '../domain/text/coded-text.ts';
import { ROW_DETAILS } from './en/row-details-en.ts';
import { fill, type Params } from './templates.ts';

export type RowDetailCode = keyof typeof ROW_DETAILS;

/** What there is to say about a row, as it is stored. */
export type RowDetail<Code extends RowDetailCode = RowDetailCode> = CodedText<Code>;

/** @returns the detail with its params, which are those that its template names */
export const rowDetail = <Code extends RowDetailCode>(
  code: Code,
  params: Params<(typeof ROW_DETAILS)[Code]>,
): RowDetail<Code> => ({ code, params });

/** Whether a stored text is one that this version has words for. */
export const isRowDetail = (text: CodedText): text is RowDetail => text.code in ROW_DETAILS;

/** @returns the details in English, separated by semicolons; null when there are none */
export function describeDetails(details: readonly CodedText[]): string | null {
  const templates: Readonly<Record<string, string | undefined>> = ROW_DETAILS;
  const texts = details.map(({ code, params }) => fill(templates[code] ?? code, params));
  return texts.length === 0 ? null : texts.join('; ');
}

ROW_FAULTS satisfies readonly RowDetailCode[];
