import { Problem } from '../domain/errors/problem.ts';
import { exceededLimit, type PairLimits } from '../domain/pairs/pair-limits.ts';
import type { Row, Stretch } from '../files/rows/rows.ts';

/** Counts the bytes that pass through. */
export class ByteCounter {
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  async *count(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const block of source) {
      this.#bytes += block.length;
      yield block;
    }
  }
}

/**
 * Passes rows on while the pairs of the file are within the limits. Each stretch is counted before anything of
 * it is looked up or stored.
 *
 * @param counter counts the bytes that the rows are read from
 * @throws Problem that names the first line above a limit
 */
export async function* limitPairs(
  stretches: AsyncIterable<Stretch>,
  fileName: string,
  limits: PairLimits,
  counter: ByteCounter,
): AsyncGenerator<Stretch> {
  let pairs = 0;
  for await (const stretch of stretches) {
    for (const { line, count } of countsIn(stretch)) {
      pairs += count;
      const { bytes } = counter;
      const exceeded = exceededLimit(pairs, bytes, limits);
      if (exceeded === 'most') throw tooMany(fileName, line, pairs, limits.most);
      if (exceeded === 'per_byte') throw tooDense(fileName, line, pairs, limits.perByte);
    }
    yield stretch;
  }
}

/** @returns numbers of pairs, each with the last line that they come from */
function* countsIn(stretch: Stretch): Generator<{ line: number; count: number }> {
  if (stretch.kind === 'plain') {
    yield { line: stretch.line + stretch.count - 1, count: stretch.count };
    return;
  }
  for (const row of stretch.rows) yield { line: row.line, count: pairsIn(row) };
}

const pairsIn = (row: Row): number =>
  row.kind === 'list' ? row.groups.parts.length * row.users.parts.length : 1;

const shown = (count: number): string => count.toLocaleString('en');

const tooMany = (file: string, line: number, pairs: number, most: number): Problem =>
  new Problem(
    `${file}: by line ${line} it names ${shown(pairs)} pairs, and ${shown(most)} is the most; nothing of it was stored.`,
    'Divide the file, or raise MAX_PAIRS.',
    { coded: { code: 'pairs_many', params: { file, line, pairs, most } } },
  );

/** The text states no number of bytes: it is unknown at a line, because bytes are read ahead in blocks. */
const tooDense = (file: string, line: number, pairs: number, most: number): Problem =>
  new Problem(
    `${file}: by line ${line} it names ${shown(pairs)} pairs, more than ${most} for each of its bytes so far; nothing of it was stored.`,
    'Check the lists in its cells, or raise MAX_PAIRS_PER_BYTE.',
    { coded: { code: 'pairs_dense', params: { file, line, pairs, most } } },
  );
