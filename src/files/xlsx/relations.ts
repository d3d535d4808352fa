import { posix } from 'node:path';
import { readXml } from '../workbook/read-xml.ts';
import { attribute } from '../workbook/xml-text.ts';
import type { ZipArchive } from '../workbook/zip-archive.ts';

/** Where a part of the workbook refers to. */
export interface Relation {
  readonly id: string;
  /** The last word of its type, the same in both variants of the standard: `worksheet`, `styles` … */
  readonly type: string;
  /** Path in the archive. */
  readonly part: string;
}

/** @param part the part whose relations are read; empty for those of the whole archive */
export async function relationsOf(archive: ZipArchive, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const relations = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found: Relation[] = [];
  if (!archive.has(relations)) return found;
  await readXml(archive, relations, {
    open(name, attributes) {
      const target = attribute(attributes, 'Target');
      if (name !== 'Relationship' || target === undefined) return;
      found.push({
        id: attribute(attributes, 'Id') ?? '',
        type: posix.basename(attribute(attributes, 'Type') ?? ''),
        part: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      });
    },
    close() {},
    text() {},
  });
  return found;
}
