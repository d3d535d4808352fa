import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzipped } from '../../../src/files/text/gunzip.ts';
import { all, chunked } from '../source.ts';

async function unpack(
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length],
  maxBytes = 1024 * 1024,
): Promise<Buffer> {
  const source = chunked(bytes, sizes);
  return Buffer.concat(await all(gunzipped(source, { fileName: 'team.csv.gz', maxBytes })));
}

const CSV = Buffer.from(`group_id,user_id\n${'15,3\n'.repeat(20_000)}`);
const PACKED = gzipSync(CSV);

describe('gunzipped', () => {
  it('unpacks any archive of any members, and passes other files through, for all chunk sizes', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    const parts = fc.array(fc.uint8Array({ maxLength: 100 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(parts, sizes, async (members, chunkSizes) => {
        const packed = Buffer.concat(members.map((member) => gzipSync(member)));
        expect(await unpack(packed, chunkSizes)).toEqual(Buffer.concat(members));
        const plain = Buffer.concat([Buffer.from('x'), ...members]);
        expect(await unpack(plain, chunkSizes)).toEqual(plain);
      }),
    );
  });

  it.each([[''], ['\x1f'], ['\x8b\x1f'], ['1,2\n']])('passes %j through', async (text) => {
    const bytes = Buffer.from(text, 'latin1');
    expect(await unpack(bytes, [1])).toEqual(bytes);
  });

  it.each([
    ['with its first bytes only', PACKED.subarray(0, 2), /breaks off before its end/],
    ['cut within its head', PACKED.subarray(0, 9), /breaks off before its end/],
    ['cut in the middle', PACKED.subarray(0, PACKED.length >> 1), /breaks off before its end/],
    ['without its last byte', PACKED.subarray(0, -1), /breaks off before its end/],
    ['with a wrong byte', PACKED.with(PACKED.length >> 1, 0xff), /is damaged/],
    ['with a wrong checksum', PACKED.with(-6, 1), /is damaged/],
    ['with something after it', Buffer.concat([PACKED, Buffer.from('15,3\n')]), /is damaged/],
    ['with a cut second member', Buffer.concat([PACKED, PACKED.subarray(0, 30)]), /breaks off/],
  ])('refuses an archive %s', async (_, bytes, message) => {
    for (const sizes of [[1], [1000], [bytes.length]]) {
      await expect(unpack(bytes, sizes)).rejects.toMatchObject({
        name: 'Problem',
        message: expect.stringMatching(message),
        remedy: 'Copy or download it again, or pack the CSV anew.',
      });
    }
  });

  it('accepts zeros after an archive, as on tapes', async () => {
    expect(await unpack(Buffer.concat([PACKED, Buffer.alloc(512)]), [7])).toEqual(CSV);
  });

  it('unpacks up to the limit, and no more', async () => {
    expect(await unpack(PACKED, [100], CSV.length)).toEqual(CSV);
    await expect(unpack(PACKED, [100], CSV.length - 1)).rejects.toMatchObject({
      name: 'Problem',
      message: 'team.csv.gz unpacks to more than 97.7 KiB; nothing of it was stored.',
    });
  });

  it('stops a decompression bomb early', async () => {
    const bomb = gzipSync(Buffer.alloc(16_000_000));
    let bytes = 0;
    const read = async () => {
      const options = { fileName: 'bomb.gz', maxBytes: 1024 ** 2 };
      for await (const chunk of gunzipped(chunked(bomb, [1000]), options)) bytes += chunk.length;
    };
    await expect(read()).rejects.toThrow('bomb.gz unpacks to more than 1 MiB; nothing');
    expect(bytes).toBeLessThanOrEqual(1024 ** 2);
  });

  it('does not limit a file that is not packed', async () => {
    expect(await unpack(CSV, [1000], 10)).toEqual(CSV);
  });

  it.each([
    ['packed', PACKED],
    ['plain', CSV],
  ])('closes a %s source when the caller stops early', async (_, bytes) => {
    const source = Readable.from(chunked(bytes, [100]));
    for await (const _ of gunzipped(source, { fileName: 'team.csv', maxBytes: 1e9 })) break;
    expect(source.destroyed).toBe(true);
  });

  it.each([
    ['at the start', 0],
    ['after a byte', 1],
    ['in the middle', 50],
  ])('passes an error of the source through %s', async (_, after) => {
    const aborted = new Error('the upload was aborted');
    async function* breaking() {
      yield* chunked(PACKED.subarray(0, after), [1]);
      throw aborted;
    }
    const options = { fileName: 'team.csv.gz', maxBytes: 1e9 };
    await expect(all(gunzipped(breaking(), options))).rejects.toBe(aborted);
  });
});
