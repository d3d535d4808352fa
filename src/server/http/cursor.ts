import { MAX_ID } from '../../domain/pairs/ids.ts';
import type { Position } from '../../ledger/results/record-sources.ts';
import { problem } from '../../messages/problems.ts';
import { HttpProblem } from './http-problem.ts';

/** @returns a position in a list, as text that the client sends back */
export const toCursor = (position: Position | undefined): string | null =>
  position === undefined ? null : position.join('.');

/** @throws HttpProblem when the text is not a cursor of this API */
export function parseCursor(text: string | undefined): Position | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}(\.\d{1,10}){0,3}$/.test(text)) {
    const position = text.split('.').map(Number);
    // Postgres rejects a larger number; no id is larger, and no file has so many rows.
    if (position.every((part) => part <= MAX_ID)) return position;
  }
  throw new HttpProblem('invalid_request', problem('cursor_unknown', {}));
}
