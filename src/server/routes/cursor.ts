import type { Position } from '../../ledger/record-sources.ts';
import { HttpProblem } from '../problem.ts';

/** @returns a place in a list, as the page hands it back */
export const toCursor = (position: Position | undefined): string | null =>
  position === undefined ? null : position.join('.');

/** @throws HttpProblem when the text is no place that we handed out */
export function parseCursor(text: string | undefined): Position | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,16}(\.\d{1,16}){0,3}$/.test(text)) return text.split('.').map(Number);
  throw new HttpProblem('invalid_request', 'The cursor is none of ours.', {
    remedy: 'Take `next` of the page before as it is.',
  });
}
