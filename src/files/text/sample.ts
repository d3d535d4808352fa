import { RECORD_LIMIT } from '../csv/frames.ts';

/** More than the longest first record. */
const SAMPLE_CHARACTERS = RECORD_LIMIT + 64 * 1024;

/** The beginning of a file, long enough to contain its first record. */
export interface Sample {
  text: string;
  /** Whether it is the whole file. */
  whole: boolean;
}

export async function sampleOf(pieces: AsyncIterable<string>): Promise<Sample> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length >= SAMPLE_CHARACTERS) return { text, whole: false };
  }
  return { text, whole: true };
}
