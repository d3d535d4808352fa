import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, test } from 'vitest';
import { zip } from '../../../scripts/zip.ts';
import { readCells } from '../../../src/files/rows/rows.ts';
import { describeWorkbook } from '../../../src/files/workbook/describe-workbook.ts';
import { openWorkbook } from '../../../src/files/workbook/open-workbook.ts';
import { WorkbookFile } from '../../../src/files/workbook/sheet-records.ts';
import { refusalOf, withFile } from '../../support/workbooks/read-workbook.ts';
import { ods } from '../../support/workbooks/write-ods.ts';
import { xlsx } from '../../support/workbooks/write-xlsx.ts';

const OPEN_FILES = '/proc/self/fd';
const ROWS = [
  ['group', 'user'],
  [1, 2],
];
const SHEETS = [{ name: 'S', rows: ROWS }];
const BOOK = xlsx(SHEETS, { compressed: true });
const SHEET = 'xl/worksheets/sheet1.xml';
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const DOCTYPE = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
const long = `<worksheet>${' '.repeat(2_000_000)}</worksheet>`;

/** A workbook whose directory declares another length of the sheet, unpacked. */
function declaring(bytes: number): Buffer {
  const book = xlsx(SHEETS, { files: { [SHEET]: long }, compressed: true });
  const entry = book.lastIndexOf(SHEET) - 46;
  book.writeUInt32LE(bytes, entry + 24);
  return book;
}

it.each<[what: string, book: Buffer, said: string | undefined]>([
  ['a workbook', BOOK, undefined],
  ['one that is cut off', BOOK.subarray(0, -30), 'workbook_damaged'],
  ['one without its sheet', xlsx(SHEETS, { files: { [SHEET]: '' } }), `workbook_damaged ${SHEET}`],
  [
    'one without its texts',
    xlsx(SHEETS, { files: { 'xl/sharedStrings.xml': '<sst/>' } }),
    'workbook_damaged xl/sharedStrings.xml',
  ],
  [
    'an external entity in a sheet',
    xlsx(SHEETS, { files: { [SHEET]: `${DOCTYPE}<worksheet/>` } }),
    `workbook_doctype ${SHEET}`,
  ],
  [
    'an external entity in the texts',
    xlsx(SHEETS, { files: { 'xl/sharedStrings.xml': `<?xml version="1.0"?>${DOCTYPE}<sst/>` } }),
    'workbook_doctype xl/sharedStrings.xml',
  ],
  [
    'an external entity in .ods',
    ods(SHEETS, { 'content.xml': `${DOCTYPE}<a/>` }),
    'workbook_doctype content.xml',
  ],
  ['a declared bomb', declaring(2_000_000_000), 'file_too_large'],
  ['an undeclared bomb', declaring(1000), `workbook_size_false ${SHEET}`],
  [
    'text in an encoding that it does not have',
    xlsx(SHEETS, { files: { [SHEET]: Buffer.from([0x3c, 0x61, 0x3e, 0xcf, 0x3c]) } }),
    `workbook_damaged ${SHEET}`,
  ],
  [
    'a protected .ods',
    ods(SHEETS, {
      'META-INF/manifest.xml': '<manifest:manifest><manifest:encryption-data/></manifest:manifest>',
    }),
    'workbook_encrypted',
  ],
  [
    'a protected .ods of newer LibreOffice',
    ods(SHEETS, { 'encrypted-package': 'x' }),
    'workbook_encrypted',
  ],
  ['.xls', Buffer.concat([OLE, Buffer.alloc(1000)]), 'file_not_csv old_excel'],
  [
    'a protected .xlsx',
    Buffer.concat([OLE, Buffer.alloc(70_000), Buffer.from('EncryptedPackage', 'utf16le')]),
    'file_not_csv excel_encrypted',
  ],
  [
    '.xlsb',
    zip({
      '[Content_Types].xml': '<Types/>',
      '_rels/.rels':
        '<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
      'xl/workbook.bin': 'x',
    }),
    'file_not_csv excel_binary',
  ],
  [
    '.docx',
    zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': 'x' }),
    'file_not_csv document',
  ],
  ['a CSV in an archive', zip({ 'a.csv': 'group,user\n1,2\n' }), 'file_not_csv zip'],
  ['no rows', xlsx([{ name: 'S', rows: [] }]), 'file_empty'],
])('%s', async (_, book, said) => {
  expect(await refusalOf(book)).toBe(said);
});

it('a large sheet with the name of a picture counts as well', async () => {
  const rels = 'xl/_rels/workbook.xml.rels';
  const relationship = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`;
  const book = xlsx(SHEETS, {
    files: {
      [rels]: `<Relationships>${relationship('rId1', 'worksheet', 'media/a.png')}</Relationships>`,
      'xl/media/a.png': long,
    },
    compressed: true,
  });
  expect(await refusalOf(book, {}, 100_000)).toBe('file_too_large');
});

it('flipped bits in a stored part are found by its checksum', async () => {
  const book = xlsx(SHEETS);
  const at = book.indexOf('<v>2</v>');
  book[at + 3] = 0x33;
  expect(await refusalOf(book)).toBe(`workbook_damaged ${SHEET}`);
});

it('reads no other file as workbook', async () => {
  for (const other of ['group,user\n1,2\n', '', gzipSync(BOOK)]) {
    const opened = await withFile(Buffer.from(other), (path) =>
      openWorkbook(path, { fileName: 'a', maxBytes: 1e6 }),
    );
    expect(opened).toBeUndefined();
  }
});

test.skipIf(!existsSync(OPEN_FILES))('leaves no file open, however little is read', async () => {
  const long = Array.from({ length: 5_000 }, (_, i) => [i + 1, 'user@example.com']);
  const sheets = [{ name: 'S', rows: [...ROWS, ...long] }];
  for (const book of [xlsx(sheets), ods(sheets), BOOK.subarray(0, -30)]) {
    await withFile(book, async (path) => {
      const options = { fileName: 'a', maxBytes: 1e8 };
      const format = await openWorkbook(path, options)
        .then(async (workbook) => {
          await using opened = workbook;
          return (
            opened && describeWorkbook({ type: opened.type, heads: await opened.heads() }, 'a', {})
          );
        })
        .catch(() => undefined);
      if (format !== undefined) {
        for await (const _ of readCells(new WorkbookFile(path, 1e8), { fileName: 'a', format }))
          break;
      }
      await expect.poll(() => openIn(dirname(path))).toBe(0);
    });
  }
});

/** @returns the number of files in the folder that this process has open */
function openIn(folder: string): number {
  return readdirSync(OPEN_FILES).filter((name) => {
    const path = join(OPEN_FILES, name);
    return existsSync(path) && readlinkSync(path).startsWith(folder);
  }).length;
}
