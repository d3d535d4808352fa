import { exceededLimit, type PairLimits } from '../domain/pairs/pair-limits.ts';
import type { Content, Row, Stretch } from '../files/rows/rows.ts';
import { WorkbookFile } from '../files/workbook/sheet-records.ts';
import { problem } from '../messages/problems.ts';

/** Counts the bytes that rows are read from; of a workbook the characters in its cells. */
export class ByteCounter {
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  count(content: Content): Content {
    if (!(content instanceof WorkbookFile)) return this.#counted(content);
    return new WorkbookFile(content.path, content.maxBytes, (characters) => {
      this.#bytes += characters;
    });
  }

  async *#counted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
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
      const said = { file: fileName, line, pairs };
      const exceeded = exceededLimit(pairs, bytes, limits);
      if (exceeded === 'most') throw problem('pairs_many', { ...said, most: limits.most });
      if (exceeded === 'per_byte') throw problem('pairs_dense', { ...said, most: limits.perByte });
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
