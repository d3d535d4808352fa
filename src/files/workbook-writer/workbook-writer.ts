import { type RowSource, type SheetCell, type SheetColumn, sheetXml } from './sheet-xml.ts';
import {
  contentTypes,
  PACKAGE_LINKS,
  STYLE_SHEET,
  workbookLinks,
  workbookXml,
} from './workbook-parts.ts';
import { type ArchiveFile, zipArchive } from './zip-writer.ts';

/** A table; one with more rows than a sheet holds continues on further sheets. */
export interface Sheet {
  /** At most 25 characters of those that a sheet's name can have. */
  name: string;
  columns: readonly SheetColumn[];
  rows: AsyncIterable<readonly SheetCell[]> | Iterable<readonly SheetCell[]>;
}

export interface WorkbookOptions {
  /** ASCII text that identifies the file, see {@link zipArchive}. */
  comment?: string;
  /** @default the most that Excel supports */
  maxRows?: number;
}

/** Writes a workbook (`.xlsx`) in pieces. Memory does not grow with it. */
export const writeWorkbook = (
  sheets: AsyncIterable<Sheet> | Iterable<Sheet>,
  { comment, maxRows }: WorkbookOptions = {},
): AsyncGenerator<Uint8Array, void> => zipArchive(filesOf(sheets, maxRows), comment);

async function* filesOf(
  sheets: AsyncIterable<Sheet> | Iterable<Sheet>,
  maxRows: number | undefined,
): AsyncGenerator<ArchiveFile> {
  const names: string[] = [];
  yield { path: '_rels/.rels', content: [PACKAGE_LINKS] };
  yield { path: 'xl/styles.xml', content: [STYLE_SHEET] };
  for await (const { name, columns, rows } of sheets) {
    const source = iteratorOf(rows);
    let next = await firstOf(source);
    try {
      for (let part = 1; part === 1 || next !== undefined; part++) {
        names.push(part === 1 ? name : `${name} (${part})`);
        const first = next;
        next = undefined;
        const keep = (row: readonly SheetCell[]): void => {
          next = row;
        };
        const content = sheetXml(columns, first, source, keep, maxRows);
        yield { path: `xl/worksheets/sheet${names.length}.xml`, content };
      }
    } finally {
      await source.return(undefined);
    }
  }
  yield { path: 'xl/workbook.xml', content: [workbookXml(names)] };
  yield { path: 'xl/_rels/workbook.xml.rels', content: [workbookLinks(names.length)] };
  yield { path: '[Content_Types].xml', content: [contentTypes(names.length)] };
}

async function* iteratorOf(rows: Sheet['rows']): AsyncGenerator<readonly SheetCell[]> {
  yield* rows;
}

async function firstOf(rows: RowSource): Promise<readonly SheetCell[] | undefined> {
  const { done, value } = await rows.next();
  return done ? undefined : value;
}
