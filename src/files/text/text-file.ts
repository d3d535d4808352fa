import { readFileSync } from 'node:fs';
import { fileErrorOf } from '../../messages/file-error.ts';
import { problem } from '../../messages/problems.ts';
import { type Encoding, markedEncoding } from './encoding.ts';

/**
 * Reads UTF-8, or UTF-16 with a byte order mark, which is not part of the text.
 *
 * @throws Problem when the file, called `subject`, cannot be read, or is in another encoding
 */
export function readTextFile(path: string, subject: string): string {
  const bytes = read(path, subject);
  const text = decode(bytes, markedEncoding(bytes) ?? 'utf-8');
  if (text?.includes('\0') === false) return text;
  throw problem('text_file_encoding', { subject });
}

function read(path: string, subject: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw problem('text_file_unread', { subject, error: fileErrorOf(cause) ?? '' }, { cause });
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
