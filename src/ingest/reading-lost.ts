import { Problem } from '../domain/problem.ts';
import type { Reading } from '../ledger/reading.ts';

/** Another process reads the file now, into the same import or a new one. */
export class ReadingLost extends Problem {}

/** @throws ReadingLost when another process has taken the reading over */
export function throwIfLost({ isLost }: Reading, fileName: string): void {
  if (!isLost) return;
  throw new ReadingLost(
    `The reading of ${fileName} stood still for too long, and another process has begun it anew.`,
    'Wait for that one; the same command goes on with what it has read.',
    { coded: { code: 'reading_taken_over', params: { file: fileName } } },
  );
}
