import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { problem } from '../../messages/problems.ts';
import { OdsWorkbook } from '../ods/ods-workbook.ts';
import { refuseForeignBytes } from '../text/signature.ts';
import { mainPart, XlsxWorkbook } from '../xlsx/xlsx-workbook.ts';
import type { Workbook } from './workbook.ts';
import { type ArchiveOptions, ZipArchive } from './zip-archive.ts';

const START_BYTES = 64 * 1024;
const ZIP = Buffer.from('PK\x03\x04', 'latin1');
/** Old Office documents, and encrypted ones of any version. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
/** Name of the part that holds a workbook with a password. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * Opens a file as workbook, whatever its name is.
 *
 * @returns undefined when it is none
 * @throws Problem for a workbook that cannot be read: old, binary, protected, damaged or too large
 */
export async function openWorkbook(
  path: string,
  options: ArchiveOptions,
): Promise<Workbook | undefined> {
  const { fileName } = options;
  const start = await startOf(path);
  if (start.subarray(0, COMPOUND.length).equals(COMPOUND)) {
    const is = (await contains(path, ENCRYPTED)) ? 'excel_encrypted' : 'old_excel';
    throw problem('file_not_csv', { file: fileName, is });
  }
  if (!start.subarray(0, ZIP.length).equals(ZIP)) return undefined;
  const archive = await ZipArchive.open(path, options);
  if (archive === undefined) {
    if (!/xl\/|opendocument\.spreadsheet/.test(start.toString('latin1'))) return undefined;
    throw problem('workbook_damaged', { file: fileName, part: '' });
  }
  try {
    const workbook = await workbookIn(archive, fileName);
    if (workbook === undefined) refuseForeignBytes(start, fileName);
    return workbook;
  } catch (error) {
    archive[Symbol.dispose]();
    throw error;
  }
}

async function workbookIn(archive: ZipArchive, fileName: string): Promise<Workbook | undefined> {
  if (archive.has('encrypted-package')) throw problem('workbook_encrypted', { file: fileName });
  if (await isOpenDocument(archive)) return OdsWorkbook.open(archive, fileName);
  const main = await mainPart(archive);
  if (/^xl\/.*\.bin$/i.test(main)) {
    throw problem('file_not_csv', { file: fileName, is: 'excel_binary' });
  }
  const isExcel = /^xl\//i.test(main) && archive.has('[Content_Types].xml');
  return isExcel ? XlsxWorkbook.open(archive, main, fileName) : undefined;
}

/** Whether the archive states its type as that of a spreadsheet, or of a template of one. */
async function isOpenDocument(archive: ZipArchive): Promise<boolean> {
  if (!archive.has('mimetype')) return false;
  let type = '';
  for await (const block of archive.read('mimetype')) {
    type += Buffer.from(block).toString('latin1');
    if (type.length > START_BYTES) break;
  }
  return type.includes('opendocument.spreadsheet');
}

async function startOf(path: string): Promise<Buffer> {
  await using file = await open(path);
  const start = Buffer.alloc(START_BYTES);
  const { bytesRead } = await file.read(start, 0, START_BYTES, 0);
  return start.subarray(0, bytesRead);
}

async function contains(path: string, wanted: Buffer): Promise<boolean> {
  let before = Buffer.alloc(0);
  for await (const block of createReadStream(path)) {
    const bytes = Buffer.concat([before, block]);
    if (bytes.includes(wanted)) return true;
    before = bytes.subarray(-wanted.length);
  }
  return false;
}
