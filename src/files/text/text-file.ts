import { readFileSync } from 'node:fs';
import { explainFileError } from '../../domain/errors/file-error.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { type Encoding, markedEncoding } from './encoding.ts';

/**
 * Reads a text file that was written in an editor: UTF-8, or UTF-16 with a byte order mark. The mark is
 * not part of the text.
 *
 * @param subject name of the file in errors
 * @throws Problem when it cannot be read, or is in another encoding
 */
export function readTextFile(path: string, subject: string): string {
  const bytes = read(path, subject);
  const text = decode(bytes, markedEncoding(bytes) ?? 'utf-8');
  if (text?.includes('\0') === false) return text;
  throw new Problem(`${subject} is not in UTF-8.`, 'Save it as UTF-8.');
}

function read(path: string, subject: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const explained = explainFileError(cause);
    const remedy = explained instanceof Problem ? explained.remedy : 'Check the path.';
    throw new Problem(`${subject} cannot be read.`, remedy, { cause });
  }
}

/** @returns undefined when the bytes are not in that encoding */
function decode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
