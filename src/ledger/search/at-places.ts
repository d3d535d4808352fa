import type { ImportRecord } from '../results/import-record.ts';
import type { RecordSource } from '../results/record-sources.ts';

/** SQLite accepts 32,766 parameters per statement. */
const PLACES_PER_QUERY = 500;

/** Reads the records at some places. */
export function atPlaces(
  places: readonly number[],
  read: (seqs: readonly number[]) => Promise<ImportRecord[]>,
): RecordSource {
  const sorted = places.toSorted((a, b) => a - b);
  return async ([seq = 0], limit) => {
    const found: ImportRecord[] = [];
    let at = sorted.findIndex((place) => place > seq);
    while (at >= 0 && at < sorted.length && found.length < limit) {
      const some = sorted.slice(at, at + PLACES_PER_QUERY);
      found.push(...(await read(some)).sort((a, b) => a.seq - b.seq));
      at += some.length;
    }
    return found.slice(0, limit).map((record) => ({ at: [record.seq], record }));
  };
}
