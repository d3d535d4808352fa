import { readXml, scanXml } from '../workbook/read-xml.ts';
import {
  filledLength,
  HEAD_ROWS,
  MOST_SHEETS,
  RowBatch,
  type SheetHead,
  type SheetInfo,
  type SheetRow,
  sheetName,
  type Workbook,
} from '../workbook/workbook.ts';
import { XmlError } from '../workbook/xml-error.ts';
import { attribute } from '../workbook/xml-text.ts';
import type { ZipArchive } from '../workbook/zip-archive.ts';
import { readDateStyles } from './date-styles.ts';
import { relationsOf } from './relations.ts';
import { SharedStrings } from './shared-strings.ts';
import { type RawRow, SheetHandler, type SheetStyles } from './sheet-handler.ts';

const USUAL_MAIN = 'xl/workbook.xml';

interface Sheet extends SheetInfo {
  /** Path in the archive. */
  readonly part: string;
}

/** A workbook in Office Open XML, strict or transitional: `.xlsx`, `.xlsm`, `.xltx`. */
export class XlsxWorkbook implements Workbook {
  readonly type = 'xlsx';
  readonly #archive: ZipArchive;
  readonly #sheets: readonly Sheet[];
  readonly #strings: SharedStrings;
  readonly #styles: SheetStyles;

  private constructor(
    archive: ZipArchive,
    sheets: readonly Sheet[],
    strings: SharedStrings,
    styles: SheetStyles,
  ) {
    this.#archive = archive;
    this.#sheets = sheets;
    this.#strings = strings;
    this.#styles = styles;
  }

  /**
   * @param main path of the part that lists the sheets
   * @throws Problem when the workbook is damaged
   */
  static async open(archive: ZipArchive, main: string, fileName: string): Promise<XlsxWorkbook> {
    const relations = await relationsOf(archive, main);
    const partOf = (type: string) => relations.find((relation) => relation.type === type)?.part;
    const parts = new Map(
      relations.filter(({ type }) => type === 'worksheet').map(({ id, part }) => [id, part]),
    );
    const { sheets, is1904 } = await readSheets(archive, main, parts);
    const dates = await readDateStyles(archive, partOf('styles'));
    const strings = new SharedStrings(archive, partOf('sharedStrings'), fileName);
    return new XlsxWorkbook(archive, sheets, strings, { dates, is1904 });
  }

  async heads(): Promise<readonly SheetHead[]> {
    const heads: SheetHead[] = [];
    for (const { name, isHidden, part } of this.#sheets) {
      const first: SheetRow[] = [];
      for await (const rows of this.#rowsOf(part)) {
        first.push(...rows.slice(0, HEAD_ROWS - first.length));
        if (first.length === HEAD_ROWS) break;
      }
      heads.push({ name, isHidden, rows: first });
    }
    return heads;
  }

  async *rows(sheet: string): AsyncGenerator<SheetRow[], void> {
    const found = this.#sheets.find(({ name }) => name === sheet);
    if (found !== undefined) yield* this.#rowsOf(found.part);
  }

  async *#rowsOf(part: string): AsyncGenerator<SheetRow[], void> {
    const handler = new SheetHandler(this.#styles);
    const batch = new RowBatch();
    for await (const _ of scanXml(this.#archive, part, handler)) {
      await this.#strings.load(handler.highest);
      for (const raw of handler.rows) {
        const row = this.#resolved(raw);
        const full = row && batch.add(row);
        if (full !== undefined) yield full;
      }
      handler.rows = [];
      const rest = batch.take();
      if (rest.length > 0) yield rest;
    }
  }

  /** @returns the row with its shared strings; undefined when it is empty */
  #resolved({ line, cells: raw, isHidden, unvalued }: RawRow): SheetRow | undefined {
    const cells = raw.map((cell) => (typeof cell === 'number' ? this.#strings.text(cell) : cell));
    cells.length = filledLength(cells);
    if (cells.length === 0 && unvalued.length === 0) return undefined;
    return { line, cells, isHidden, unvalued };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#strings[Symbol.asyncDispose]();
    this.#archive[Symbol.dispose]();
  }
}

/** @returns the path of the part that an Office document begins with; or empty */
export async function mainPart(archive: ZipArchive): Promise<string> {
  const relations = await relationsOf(archive, '');
  const usual = archive.has(USUAL_MAIN) ? USUAL_MAIN : '';
  return relations.find(({ type }) => type === 'officeDocument')?.part ?? usual;
}

async function readSheets(
  archive: ZipArchive,
  main: string,
  parts: ReadonlyMap<string, string>,
): Promise<{ sheets: Sheet[]; is1904: boolean }> {
  const sheets: Sheet[] = [];
  let is1904 = false;
  await readXml(archive, main, {
    open(tag, attributes) {
      if (tag === 'workbookPr') {
        is1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
      }
      if (tag !== 'sheet') return;
      const part = parts.get(attribute(attributes, 'id') ?? '');
      // A sheet that holds a chart or a macro has no rows.
      if (part === undefined) return;
      const isHidden = (attribute(attributes, 'state') ?? 'visible') !== 'visible';
      sheets.push({ name: sheetName(attribute(attributes, 'name')), isHidden, part });
      if (sheets.length > MOST_SHEETS) throw new XmlError('damaged');
    },
    close() {},
    text() {},
  });
  return { sheets, is1904 };
}
