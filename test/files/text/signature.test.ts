import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../../scripts/encode-text.ts';
import type { Encoding } from '../../../src/files/text/encoding.ts';
import { readText } from '../../../src/files/text/text.ts';
import { all, chunked } from '../source.ts';

const read = (bytes: Uint8Array, encoding: Encoding, size: number) =>
  all(readText(chunked(bytes, [size]), { fileName: 'team.csv', encoding }));

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** The beginning of a ZIP archive, up to the name of its first file. */
const zip = (name: string) => latin1(`PK\x03\x04${'\x14\0'.repeat(13)}${name}`);

describe('a file that is not a CSV', () => {
  it.each<[string, Uint8Array, is: RegExp, remedy: RegExp]>([
    [
      'workbook',
      zip('[Content_Types].xml…xl/workbook.xml'),
      /Excel workbook \(\.xlsx\)\.$/,
      /not an archive/,
    ],
    [
      'spreadsheet',
      zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      /\.ods/,
      /not an archive/,
    ],
    ['Numbers document', zip('Index/Document.iwa'), /Numbers/, /Export To/],
    ['letter', zip('word/document.xml'), /a text document/, /as CSV/],
    ['packed CSV', zip('team.CSV'), /a ZIP archive\.$/, /Unpack/],
    ['archive of something', zip('notes'), /an Excel workbook \(\.xlsx\) or another ZIP/, /Save/],
    ['empty archive', latin1('PK\x05\x06\0'), /an empty ZIP archive/, /Save/],
    ['old workbook', latin1('\xd0\xcf\x11\xe0\xa1\xb1'), /an old Excel workbook \(\.xls\)/, /Save/],
    ['table of 1C', latin1('MOXCEL\0'), /a 1C table/, /in 1C/],
    ['PDF', latin1('%PDF-1.7\n'), /a PDF document/, /Export/],
    ['archive in an archive', gzipSync(''), /a gzip archive in a gzip archive/, /Unpack/],
    ['TAR', latin1(`team.csv${'\0'.repeat(249)}ustar\0`), /a TAR archive/, /Unpack/],
    ['RAR', latin1('Rar!\x1a\x07'), /a RAR archive/, /Unpack/],
    ['7z', latin1('7z\xbc\xaf\x27\x1c'), /a 7-Zip archive/, /Unpack/],
    ['PNG', latin1('\x89PNG\r\n'), /an image \(PNG\)/, /as CSV/],
    ['JPEG', latin1('\xff\xd8\xff\xe0'), /an image \(JPEG\)/, /as CSV/],
    ['GIF', latin1('GIF89a'), /an image \(GIF\)/, /as CSV/],
    ['WebP', latin1('RIFF\x10\x00\x00\x00WEBP'), /an image \(WebP\)/, /as CSV/],
    ['HEIC', latin1('\0\0\0\x18ftypheic'), /an image or a video/, /as CSV/],
  ])('is refused by its bytes in any encoding: %s', async (_, bytes, is, remedy) => {
    for (const encoding of ['utf-8', 'utf-16le', 'windows-1251'] as const) {
      for (const size of [1, bytes.length]) {
        await expect(read(bytes, encoding, size)).rejects.toMatchObject({
          name: 'Problem',
          message: expect.stringMatching(/^team\.csv is not a CSV file but /),
          remedy: expect.stringMatching(remedy),
        });
        await expect(read(bytes, encoding, size)).rejects.toThrow(is);
      }
    }
  });

  it.each<[text: string, is: RegExp]>([
    ['<html><body><table>', /a web page \(HTML\)/],
    ['\r\n <!DOCTYPE HTML>', /a web page \(HTML\)/],
    ['<TABLE border=1>', /a web page \(HTML\)/],
    ['<meta http-equiv="Content-type">', /a web page \(HTML\)/],
    [
      '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      /an XML spreadsheet/,
    ],
    ['<?xml version="1.0"?><rows/>', /an XML document/],
    ['MIME-Version: 1.0\r\n', /a web archive/],
    ['{\\rtf1\\ansi', /\(RTF\)/],
    ['BEGIN:VCARD\r\n', /contacts/],
  ])('is refused by its text in any encoding: %j', async (text, is) => {
    for (const encoding of ['utf-8', 'utf-16be', 'windows-1252'] as const) {
      const bytes = encodeText(text, encoding);
      for (const size of [1, bytes.length]) {
        await expect(read(bytes, encoding, size)).rejects.toMatchObject({
          name: 'Problem',
          message: expect.stringMatching(is),
          remedy: expect.stringMatching(/CSV|\.xlsx/),
        });
      }
    }
    await expect(read(Buffer.from(`\ufeff${text}`), 'utf-8', 1)).rejects.toThrow(is);
  });

  it.each(['[group_id],[user_id]', '{group};user', '<group>;user', 'PK;user', 'GIF;user', '#,7z'])(
    'is not every unusual text: %j',
    async (text) => {
      expect(await read(Buffer.from(text), 'utf-8', 1)).toEqual([text]);
    },
  );
});
