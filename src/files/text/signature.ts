import { Problem } from '../../domain/errors/problem.ts';
import type { OtherFile } from '../../domain/errors/problem-params.ts';

const SAVE_AS_CSV = 'In Excel: File → Save as → CSV UTF-8 (comma delimited), then take that file.';
const OPEN_AND_SAVE = `Open it as a table. ${SAVE_AS_CSV}`;
const UNPACK = 'Unpack it first, then take the CSV from it.';
const TABLE_WANTED = 'Take the table it shows from the program it comes from, as CSV.';

interface Signature {
  kind: OtherFile;
  is: string;
  remedy: string;
}

interface BytesSignature extends Signature {
  bytes: string | readonly number[];
  /** Offset of the bytes. @default 0 */
  at?: number;
}

interface TextSignature extends Signature {
  text: RegExp;
}

/** Files that users upload instead of a CSV, by their bytes; the first match counts. */
const BYTES: readonly BytesSignature[] = [
  { bytes: 'PK\x05\x06', kind: 'archive', is: 'an empty ZIP archive', remedy: SAVE_AS_CSV },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    kind: 'old_excel',
    is: 'an old Excel workbook (.xls) or one protected with a password',
    remedy: SAVE_AS_CSV,
  },
  {
    bytes: 'MOXCEL',
    kind: 'onec',
    is: 'a 1C table (.mxl)',
    remedy: 'Save it as CSV from 1C, then take that.',
  },
  {
    bytes: '%PDF-',
    kind: 'pdf',
    is: 'a PDF document',
    remedy: 'Export the table as CSV from the program it comes from.',
  },
  // A gzip archive is unpacked before this check.
  {
    bytes: [0x1f, 0x8b],
    kind: 'gzip_in_gzip',
    is: 'a gzip archive in a gzip archive',
    remedy: UNPACK,
  },
  { bytes: 'ustar', at: 257, kind: 'archive', is: 'a TAR archive', remedy: UNPACK },
  { bytes: 'Rar!', kind: 'archive', is: 'a RAR archive', remedy: UNPACK },
  {
    bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
    kind: 'archive',
    is: 'a 7-Zip archive',
    remedy: UNPACK,
  },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: 'picture', is: 'a picture (PNG)', remedy: TABLE_WANTED },
  { bytes: [0xff, 0xd8, 0xff], kind: 'picture', is: 'a picture (JPEG)', remedy: TABLE_WANTED },
  { bytes: 'GIF8', kind: 'picture', is: 'a picture (GIF)', remedy: TABLE_WANTED },
  { bytes: 'WEBP', at: 8, kind: 'picture', is: 'a picture (WebP)', remedy: TABLE_WANTED },
  { bytes: 'ftyp', at: 4, kind: 'picture', is: 'a picture or a film', remedy: TABLE_WANTED },
];

/** ZIP formats, by the names of the files inside. */
const ZIPS: readonly TextSignature[] = [
  { text: /xl\//, kind: 'excel', is: 'an Excel workbook (.xlsx)', remedy: SAVE_AS_CSV },
  {
    text: /opendocument\.spreadsheet/,
    kind: 'libreoffice',
    is: 'a LibreOffice spreadsheet (.ods)',
    remedy: 'In LibreOffice: File → Save as → Text CSV with the character set UTF-8.',
  },
  {
    text: /word\/|opendocument\.text/,
    kind: 'document',
    is: 'a text document',
    remedy: TABLE_WANTED,
  },
  {
    text: /Index\/Document\.iwa/,
    kind: 'numbers',
    is: 'a Numbers spreadsheet',
    remedy: 'In Numbers: File → Export To → CSV, text encoding UTF-8.',
  },
  { text: /\.(?:csv|txt|tsv)/i, kind: 'archive', is: 'a ZIP archive', remedy: UNPACK },
  {
    text: /^/,
    kind: 'excel',
    is: 'an Excel workbook (.xlsx) or another ZIP archive',
    remedy: SAVE_AS_CSV,
  },
];

/** Text files that are not tables. */
const TEXTS: readonly TextSignature[] = [
  {
    text: /^\s*<\?xml.*urn:schemas-microsoft-com:office:spreadsheet/s,
    kind: 'xml',
    is: 'an XML spreadsheet',
    remedy: OPEN_AND_SAVE,
  },
  { text: /^\s*<\?xml/, kind: 'xml', is: 'an XML document', remedy: OPEN_AND_SAVE },
  {
    text: /^\s*<(?:!doctype html|html|head|body|table|meta|style)\b/i,
    kind: 'web_page',
    is: 'a web page (HTML), as some programs save their .xls files',
    remedy: OPEN_AND_SAVE,
  },
  { text: /^MIME-Version:/i, kind: 'web_page', is: 'a web archive (.mht)', remedy: OPEN_AND_SAVE },
  { text: /^\{\\rtf/, kind: 'document', is: 'a text document (RTF)', remedy: TABLE_WANTED },
  {
    text: /^BEGIN:VCARD/i,
    kind: 'contacts',
    is: 'a file of contacts (vCard)',
    remedy: TABLE_WANTED,
  },
  {
    text: /^\s*(?:\{\s*["}]|\[\s*[[{"\]\d-])/,
    kind: 'json',
    is: 'JSON',
    remedy: 'Export the table as CSV from where it comes from.',
  },
];

/** @throws Problem when the file's first bytes show that it is not text */
export function refuseForeignBytes(start: Buffer, fileName: string): void {
  const found = startsWith(start, { bytes: 'PK\x03\x04' })
    ? matching(ZIPS, start.toString('latin1'))
    : BYTES.find((signature) => startsWith(start, signature));
  refuse(found, fileName);
}

/** @throws Problem when the beginning of the text shows that it is not a table */
export function refuseForeignText(start: string, fileName: string): void {
  refuse(matching(TEXTS, start), fileName);
}

function startsWith(start: Buffer, { bytes, at = 0 }: Pick<BytesSignature, 'bytes' | 'at'>) {
  const wanted = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
  return start.subarray(at, at + wanted.length).equals(wanted);
}

const matching = (signatures: readonly TextSignature[], start: string) =>
  signatures.find(({ text }) => text.test(start));

function refuse(found: Signature | undefined, fileName: string): void {
  if (found === undefined) return;
  throw new Problem(`${fileName} is not a CSV but ${found.is}.`, found.remedy, {
    coded: { code: 'file_not_csv', params: { file: fileName, is: found.kind } },
  });
}
