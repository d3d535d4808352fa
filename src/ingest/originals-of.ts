import type { Import } from '../domain/imports/import.ts';
import { parseFormat } from '../files/csv/csv-format.ts';
import { Originals } from '../files/results/originals.ts';
import { findSource } from './kept-source.ts';

/**
 * @param dataDir folder where the file is stored
 * @returns the file's other columns; undefined when it is not stored any more, or has none
 */
export function openOriginals(dataDir: string, found: Import): Originals | undefined {
  const format = parseFormat(found.format);
  if (format === undefined || format.columns.count <= 2) return undefined;
  const { fileName } = found;
  const options = { dataDir, fileName, maxBytes: Number.POSITIVE_INFINITY };
  const source = findSource(found.fileDigest, options);
  return source && new Originals(source.open(), { fileName, format });
}
