import { crc32, inflateRawSync } from 'node:zlib';
import { expect } from 'vitest';

/** @returns the texts of an archive's files by their paths, through the directory at its end */
export function unzip(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = archive.readUInt32LE(end + 16);
  const files = new Map<string, string>();
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, size] = [archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24)];
    const [name, extra] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30)];
    const local = archive.readUInt32LE(at + 42);
    const path = archive.toString('utf8', at + 46, at + 46 + name);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = inflateRawSync(archive.subarray(from, from + packed));
    expect(content.length).toBe(size);
    expect(crc32(content)).toBe(archive.readUInt32LE(at + 16));
    files.set(path, content.toString('utf8'));
    at += 46 + name + extra;
  }
  return files;
}

/** @returns the cells of a sheet's rows: their place, then a text in quotes, a number, or a time */
export function cellsOf(sheet: string): string[][] {
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
    [
      ...row.matchAll(
        /<c r="([A-Z]+)\d+"( s="2")?[^>]*>(?:<v>(.*?)<\/v>|<is><t[^>]*>(.*?)<\/t><\/is>)<\/c>/gs,
      ),
    ].map(([, column, isTime, number, text]) => {
      if (text !== undefined) return `${column} "${text}"`;
      return isTime ? `${column} time` : `${column} ${number}`;
    }),
  );
}
