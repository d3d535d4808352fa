const LARGEST_CHUNK = 1_000;
/** A small import is divided into so many, as long as that leaves each of them some pairs. */
const SMALL_CHUNKS = 24;
const SMALLEST_CHUNK = 20;
/** More commands than a request holds gain nothing from smaller chunks. */
const SMALL_CHUNK = 50;
/**
 * Chunks that an import should have per request in flight: the more there are, the shorter are
 * those who have nothing left to do kept waiting by the one who has the last.
 */
const CHUNKS_PER_SLOT = 8;

/**
 * @returns the most pairs in a chunk: as many as there may be, but each slot gets as many chunks
 * as every other, a few at least, so that all slots end together
 */
export function chunkSize(pairs: number, concurrency: number): number {
  const rounds = Math.max(CHUNKS_PER_SLOT, Math.ceil(pairs / (concurrency * LARGEST_CHUNK)));
  const few = Math.ceil(pairs / SMALL_CHUNKS);
  const smallest = Math.min(Math.max(few, SMALLEST_CHUNK), SMALL_CHUNK);
  return Math.max(Math.ceil(pairs / (concurrency * rounds)), smallest);
}
