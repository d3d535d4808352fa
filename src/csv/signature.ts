import { Problem } from '../domain/problem.ts';

const SAVE_AS_CSV = 'In Excel: File → Save as → CSV UTF-8 (comma delimited), then take that file.';
const SAVE_AS_UTF8 =
  'Save it as UTF-8. In Excel: File → Save as → CSV UTF-8 (comma delimited); in an editor: choose the encoding UTF-8.';

/** What people upload instead of a CSV, by its first bytes. */
const SIGNATURES: readonly { bytes: readonly number[]; is: string; remedy: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    is: 'an Excel workbook (.xlsx) or another ZIP archive',
    remedy: SAVE_AS_CSV,
  },
  { bytes: [0x50, 0x4b, 0x05, 0x06], is: 'an empty ZIP archive', remedy: SAVE_AS_CSV },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    is: 'an old Excel workbook (.xls) or one protected with a password',
    remedy: SAVE_AS_CSV,
  },
  {
    bytes: [0x25, 0x50, 0x44, 0x46, 0x2d],
    is: 'a PDF document',
    remedy: 'Export the table as CSV from the program it comes from.',
  },
  { bytes: [0x1f, 0x8b], is: 'a gzip archive', remedy: 'Unpack it first: gunzip FILE.csv.gz' },
  { bytes: [0xff, 0xfe], is: 'UTF-16 text', remedy: SAVE_AS_UTF8 },
  { bytes: [0xfe, 0xff], is: 'UTF-16 text', remedy: SAVE_AS_UTF8 },
];

/** @throws Problem when the first bytes of the file say that it is something else than a CSV */
export function refuseForeignFile(start: Uint8Array, fileName: string): void {
  const found = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
  if (found !== undefined) {
    throw new Problem(`${fileName} is not a CSV in UTF-8 but ${found.is}.`, found.remedy);
  }
}

/** @returns the Problem of a zero byte, which no text file holds */
export const zeroByte = (fileName: string, line: number): Problem =>
  new Problem(
    `${fileName}, line ${line}: there is a zero byte; the file is binary, UTF-16 or damaged.`,
    SAVE_AS_UTF8,
  );

/** @returns the Problem of bytes that are not UTF-8 */
export const notUtf8 = (fileName: string, line: number): Problem =>
  new Problem(`${fileName}, line ${line}: the text is not UTF-8.`, SAVE_AS_UTF8);
