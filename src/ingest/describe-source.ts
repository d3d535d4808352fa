import { detectFormat, type GivenFormat } from '../files/csv/detect-format.ts';
import { describeWorkbook } from '../files/workbook/describe-workbook.ts';
import { openWorkbook } from '../files/workbook/open-workbook.ts';
import type { WorkbookHeads } from '../files/workbook/workbook.ts';
import type { IngestSource } from './ingest.ts';
import type { KeptSource } from './kept-source.ts';

/** Choices that read a file whose columns are not clear. */
export const ANY_COLUMNS = { group: '1', user: '2', message: false } as const;

/**
 * @returns the beginnings of a workbook's sheets; null when the file is none
 * @throws Problem when the workbook cannot be read
 */
export async function readHeads({
  path,
  fileName,
  maxBytes,
}: KeptSource): Promise<WorkbookHeads | null> {
  await using workbook = await openWorkbook(path, { fileName, maxBytes });
  return workbook === undefined ? null : { type: workbook.type, heads: await workbook.heads() };
}

/**
 * @param given the rest is detected
 * @param workbook of the file, when it was read before
 * @throws Problem when the file cannot be understood
 */
export async function describeSource(
  kept: KeptSource,
  given: GivenFormat,
  settings: Pick<IngestSource, 'portal' | 'message'>,
  workbook?: WorkbookHeads | null,
): Promise<IngestSource> {
  const { fileName, digest } = kept;
  const found = workbook === undefined ? await readHeads(kept) : workbook;
  const format =
    found === null
      ? await detectFormat(() => kept.open(), fileName, given)
      : describeWorkbook(found, fileName, given);
  return { ...settings, fileName, fileDigest: digest, format };
}
