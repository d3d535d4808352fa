import { Problem } from '../domain/problem.ts';

/**
 * The Problem of a file that is larger than allowed.
 *
 * @param subject the file, and what it does to be so large: `team.csv has`
 */
export const tooLarge = (subject: string, maxBytes: number): Problem =>
  new Problem(
    `${subject} more than ${inWords(maxBytes)}; nothing of it was stored.`,
    'Divide the file, or raise MAX_UPLOAD_BYTES.',
  );

function inWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'] as const;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
