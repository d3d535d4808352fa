/** A file of an archive after its content is written. */
export interface Written {
  path: string;
  /** Place of its header in the archive. */
  offset: number;
  crc: number;
  /** Bytes of the content, and of its compressed form. */
  size: number;
  packed: number;
}

/** Records of a ZIP archive, as APPNOTE.TXT of PKWARE defines them. All dates are 1 January 1980. */
const FIRST_DAY = 0x21;
/** Sizes follow the content; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** For sizes and places that 32 bits do not hold. */
const VERSION_64 = 45;
const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;

/** Header before a file's content; size and checksum are zero because they are not known yet. */
export function localHeader(path: string): Buffer {
  const name = Buffer.from(path);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  writeFields(header, 4, VERSION);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

/** Record after a file's content. Content of 4 GiB and more is not supported: a sheet ends before. */
export function descriptor({ crc, size, packed }: Written): Buffer {
  const record = Buffer.alloc(16);
  record.writeUInt32LE(0x0807_4b50, 0);
  record.writeUInt32LE(crc, 4);
  record.writeUInt32LE(packed, 8);
  record.writeUInt32LE(size, 12);
  return record;
}

/** A file's entry in the directory at the end of the archive. */
export function centralEntry({ path, offset, crc, size, packed }: Written): Buffer {
  const name = Buffer.from(path);
  const isFar = offset >= MAX_32;
  const extra = isFar ? Buffer.alloc(12) : Buffer.alloc(0);
  if (isFar) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(offset), 4);
  }
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x0201_4b50, 0);
  const version = isFar ? VERSION_64 : VERSION;
  entry.writeUInt16LE(version, 4);
  writeFields(entry, 6, version);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(extra.length, 30);
  entry.writeUInt32LE(isFar ? MAX_32 : offset, 42);
  return Buffer.concat([entry, name, extra]);
}

/** The last record, and the same with 64 bits before it where 32 do not hold the numbers. */
export function endOfArchive(
  { count, length, offset }: { count: number; length: number; offset: number },
  comment: string,
): Buffer {
  const text = Buffer.from(comment);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(length, MAX_32), 12);
  end.writeUInt32LE(Math.min(offset, MAX_32), 16);
  end.writeUInt16LE(text.length, 20);
  const isLarge = count >= MAX_16 || length >= MAX_32 || offset >= MAX_32;
  return Buffer.concat([...(isLarge ? [end64(count, length, offset)] : []), end, text]);
}

function end64(count: number, length: number, offset: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x0606_4b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(VERSION_64, 12);
  record.writeUInt16LE(VERSION_64, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(length), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  // Where this record is.
  record.writeUInt32LE(0x0706_4b50, 56);
  record.writeBigUInt64LE(BigInt(offset + length), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function writeFields(record: Buffer, at: number, version: number): void {
  record.writeUInt16LE(version, at);
  record.writeUInt16LE(FLAGS, at + 2);
  record.writeUInt16LE(DEFLATED, at + 4);
  record.writeUInt16LE(FIRST_DAY, at + 8);
}
