import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipOptions {
  /** @default false */
  compressed?: boolean;
}

/** @returns a ZIP archive of the files, all dated 1 January 1980 */
export function zip(
  files: Readonly<Record<string, string | Uint8Array>>,
  { compressed = false }: ZipOptions = {},
): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const content = Buffer.from(text);
    const packed = compressed ? deflateRawSync(content) : content;
    const fields = fieldsOf(name, content, packed.length, compressed);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    locals.push(local);
    centrals.push(Buffer.from('PK\x01\x02\x14\0'), fields, place, name);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  const count = locals.length;
  end.write('PK\x05\x06');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** Common fields of a file's local header and its entry in the central directory. */
function fieldsOf(name: Buffer, content: Buffer, packed: number, compressed: boolean): Buffer {
  const fields = Buffer.alloc(26);
  const [version, firstDay, deflated] = [20, 0x21, 8];
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(compressed ? deflated : 0, 4);
  fields.writeUInt16LE(firstDay, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}
