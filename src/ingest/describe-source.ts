import { detectFormat, type GivenFormat } from '../files/csv/detect-format.ts';
import type { IngestSource } from './ingest.ts';
import type { KeptSource } from './kept-source.ts';

/**
 * @param given what the user states about the file; the rest is detected
 * @returns what to import, and how to read it
 * @throws Problem when the file cannot be understood
 */
export async function describeSource(
  kept: KeptSource,
  given: GivenFormat,
  settings: Pick<IngestSource, 'portal' | 'message'>,
): Promise<IngestSource> {
  const { fileName, digest } = kept;
  const format = await detectFormat(() => kept.open(), fileName, given);
  return { ...settings, fileName, fileDigest: digest, format };
}
