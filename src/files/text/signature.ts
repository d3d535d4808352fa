import type { OtherFile } from '../../messages/en/other-files-en.ts';
import { problem } from '../../messages/problems.ts';

type BytesSignature = [is: OtherFile, bytes: string | readonly number[], offset?: number];
type TextSignature = [is: OtherFile, text: RegExp];

/** Files that users upload instead of a CSV, by their bytes; the first match counts. */
const BYTES: readonly BytesSignature[] = [
  ['empty_zip', 'PK\x05\x06'],
  ['old_excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['onec', 'MOXCEL'],
  ['pdf', '%PDF-'],
  // A gzip archive is unpacked before this check.
  ['gzip_in_gzip', [0x1f, 0x8b]],
  ['tar', 'ustar', 257],
  ['rar', 'Rar!'],
  ['seven_zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', 'GIF8'],
  ['webp', 'WEBP', 8],
  ['picture', 'ftyp', 4],
];

/** ZIP formats, by the names of the files inside. */
const ZIPS: readonly TextSignature[] = [
  ['excel', /xl\//],
  ['libreoffice', /opendocument\.spreadsheet/],
  ['document', /word\/|opendocument\.text/],
  ['numbers', /Index\/Document\.iwa/],
  ['zip', /\.(?:csv|txt|tsv)/i],
  ['excel_or_zip', /^/],
];

/** Text files that are not tables. */
const TEXTS: readonly TextSignature[] = [
  ['xml_table', /^\s*<\?xml.*urn:schemas-microsoft-com:office:spreadsheet/s],
  ['xml', /^\s*<\?xml/],
  ['web_page', /^\s*<(?:!doctype html|html|head|body|table|meta|style)\b/i],
  ['web_archive', /^MIME-Version:/i],
  ['document_rtf', /^\{\\rtf/],
  ['contacts', /^BEGIN:VCARD/i],
];

/** @throws Problem when the file's first bytes show that it is not text */
export function refuseForeignBytes(start: Buffer, fileName: string): void {
  const found = startsWith(start, 'PK\x03\x04')
    ? matching(ZIPS, start.toString('latin1'))
    : BYTES.find(([, bytes, offset]) => startsWith(start, bytes, offset));
  refuse(found, fileName);
}

/** @throws Problem when the beginning of the text shows that it is not a table */
export function refuseForeignText(start: string, fileName: string): void {
  refuse(matching(TEXTS, start), fileName);
}

function startsWith(start: Buffer, bytes: string | readonly number[], at = 0) {
  const wanted = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
  return start.subarray(at, at + wanted.length).equals(wanted);
}

const matching = (signatures: readonly TextSignature[], start: string) =>
  signatures.find(([, text]) => text.test(start));

function refuse(found: BytesSignature | TextSignature | undefined, file: string): void {
  if (found !== undefined) throw problem('file_not_csv', { file, is: found[0] });
}
