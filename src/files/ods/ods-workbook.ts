import { problem } from '../../messages/problems.ts';
import { readXml, scanXml } from '../workbook/read-xml.ts';
import { RowBatch, type SheetHead, type SheetRow, type Workbook } from '../workbook/workbook.ts';
import type { ZipArchive } from '../workbook/zip-archive.ts';
import { OdsHandler, type RepeatedRow } from './ods-handler.ts';

const CONTENT = 'content.xml';
const MANIFEST = 'META-INF/manifest.xml';

/** A workbook in OpenDocument: `.ods`. All its sheets are in one document. */
export class OdsWorkbook implements Workbook {
  readonly type = 'ods';
  readonly #archive: ZipArchive;

  private constructor(archive: ZipArchive) {
    this.#archive = archive;
  }

  /** @throws Problem when the workbook is protected with a password, or damaged */
  static async open(archive: ZipArchive, fileName: string): Promise<OdsWorkbook> {
    if (archive.has(MANIFEST)) {
      await readXml(archive, MANIFEST, {
        open(name) {
          if (name === 'encryption-data') throw problem('workbook_encrypted', { file: fileName });
        },
        close() {},
        text() {},
      });
    }
    return new OdsWorkbook(archive);
  }

  async heads(): Promise<readonly SheetHead[]> {
    const handler = new OdsHandler(undefined);
    await readXml(this.#archive, CONTENT, handler);
    return handler.heads;
  }

  async *rows(sheet: string): AsyncGenerator<SheetRow[], void> {
    const handler = new OdsHandler(sheet);
    const batch = new RowBatch();
    for await (const _ of scanXml(this.#archive, CONTENT, handler)) {
      for (const row of repeated(handler.rows)) {
        const full = batch.add(row);
        if (full !== undefined) yield full;
      }
      handler.rows = [];
      const rest = batch.take();
      if (rest.length > 0) yield rest;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#archive[Symbol.dispose]();
  }
}

/** One by one: a million equal rows can be stored as one. */
function* repeated(rows: readonly RepeatedRow[]): Generator<SheetRow> {
  for (const { count, line, cells, isHidden, unvalued } of rows) {
    for (let i = 0; i < count; i++) yield { line: line + i, cells, isHidden, unvalued };
  }
}
