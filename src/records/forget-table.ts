import { createReadStream, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Person } from '../domain/pairs/person.ts';
import { detectFormat } from '../files/csv/detect-format.ts';
import { applyEdits, editsFor } from '../files/rows/without-person.ts';
import { writePrivateFile } from '../platform/private-files.ts';

/**
 * Removes a person from a CSV of rejected rows. A file that cannot be read, and may name the person, is
 * deleted.
 *
 * @returns what became of the file
 */
export async function forgetTable(
  path: string,
  person: Person,
): Promise<'same' | 'rewritten' | 'deleted'> {
  const open = () => createReadStream(path);
  const fileName = basename(path);
  try {
    const format = await detectFormat(open, fileName);
    const options = { fileName, format };
    const edits = await editsFor(open(), options, person, new Set());
    if (edits.length === 0) return 'same';
    const pieces: Uint8Array[] = [];
    for await (const piece of applyEdits(open(), options, edits)) pieces.push(piece);
    const written = Buffer.concat([Buffer.from('\ufeff'), ...pieces]);
    const left = await editsFor(Readable.from([written]), options, person, new Set());
    if (left.length > 0) throw new Error('the person is still in the file');
    writePrivateFile(path, written, 'replace');
    return 'rewritten';
  } catch {
    const names = [String(person.userId ?? ''), ...person.emails].filter((name) => name !== '');
    const text = readFileSync(path, 'latin1').toLowerCase();
    if (!names.some((name) => text.includes(name))) return 'same';
    rmSync(path, { force: true });
    return 'deleted';
  }
}
