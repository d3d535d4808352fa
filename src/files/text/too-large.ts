import { Problem } from '../../domain/errors/problem.ts';

/**
 * @param does whether the file itself is too large, or its unpacked contents
 * @returns the Problem of a file that is larger than allowed
 */
export const tooLarge = (file: string, does: 'has' | 'unpacks to', maxBytes: number): Problem =>
  new Problem(
    `${file} ${does} more than ${inWords(maxBytes)}; nothing of it was stored.`,
    'Divide the file, or raise MAX_UPLOAD_BYTES.',
    { coded: { code: 'file_too_large', params: { file, most: maxBytes } } },
  );

function inWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'] as const;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
