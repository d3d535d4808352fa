const LARGEST_CHUNK = 1_000;
/** Number of chunks of a small import, if each of them gets enough pairs. */
const SMALL_CHUNKS = 24;
const SMALLEST_CHUNK = 20;
/** Highest value of the smallest size: a request holds at most 50 commands. */
const SMALL_CHUNK = 50;
/** Chunks per request in flight: with more, the slots are idle for a shorter time at the end. */
const CHUNKS_PER_SLOT = 8;

/** @returns the most pairs in a chunk; all slots get as many chunks, so that they finish together */
export function chunkSize(pairs: number, concurrency: number): number {
  const rounds = Math.max(CHUNKS_PER_SLOT, Math.ceil(pairs / (concurrency * LARGEST_CHUNK)));
  const few = Math.ceil(pairs / SMALL_CHUNKS);
  const smallest = Math.min(Math.max(few, SMALLEST_CHUNK), SMALL_CHUNK);
  return Math.max(Math.ceil(pairs / (concurrency * rounds)), smallest);
}
