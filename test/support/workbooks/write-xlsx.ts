import { zip } from '../../../scripts/zip.ts';

/** A number, a text, or the XML of a cell. */
export type Cell = string | number | { readonly xml: string };

export interface SheetOptions {
  name: string;
  rows: readonly (readonly Cell[])[];
  /** @default visible */
  state?: 'visible' | 'hidden' | 'veryHidden';
  /** Numbers of hidden rows, from 1. */
  hiddenRows?: readonly number[];
}

export interface XlsxOptions {
  /** Stores texts in the cells instead of a list that they share. @default false */
  inline?: boolean;
  /** Leaves out the addresses of rows and cells. @default false */
  bare?: boolean;
  /** Prefix of the names of elements, such as `x:`. @default none */
  prefix?: string;
  /** Paths from the root of the archive, as some programs write them. @default false */
  absolute?: boolean;
  /** The strict variant of the standard. @default false */
  strict?: boolean;
  /** Attributes of `workbookPr`. */
  properties?: string;
  /** The file `styles.xml`. */
  styles?: string;
  /** Files that replace or complement those of the workbook. */
  files?: Readonly<Record<string, string | Uint8Array>>;
  compressed?: boolean;
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @returns an `.xlsx` workbook of the given sheets; each row stands at its place, empty cells are left out */
export function xlsx(sheets: readonly SheetOptions[], options: XlsxOptions = {}): Buffer {
  const { prefix: p = '', absolute = false, strict = false, compressed = false } = options;
  const root = strict ? 'http://purl.oclc.org/ooxml' : 'http://schemas.openxmlformats.org';
  const main = strict ? `${root}/spreadsheetml/main` : `${root}/spreadsheetml/2006/main`;
  const kinds = strict
    ? `${root}/officeDocument/relationships`
    : `${root}/officeDocument/2006/relationships`;
  const names = p === '' ? `xmlns="${main}"` : `xmlns:${p.slice(0, -1)}="${main}"`;
  const texts = new Map<string, number>();
  const document = (name: string, content: string) =>
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<${p}${name} ${names} xmlns:r="${kinds}">${content}</${p}${name}>`;
  const relations = (entries: readonly (readonly [type: string, target: string])[]) =>
    `<Relationships xmlns="x">${entries.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${kinds}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  const folder = absolute ? '/xl/' : '';
  const written = sheets.map((sheet) => sheetXml(sheet, options, texts));
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations([['officeDocument', `${absolute ? '/' : ''}xl/workbook.xml`]]),
    'xl/workbook.xml': document(
      'workbook',
      `<${p}workbookPr ${options.properties ?? ''}/><${p}sheets>${sheets
        .map(
          ({ name, state = 'visible' }, i) =>
            `<${p}sheet name="${escapeXml(name)}" sheetId="${i + 1}" state="${state}" r:id="rId${i + 1}"/>`,
        )
        .join('')}</${p}sheets>`,
    ),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, i) => ['worksheet', `${folder}worksheets/sheet${i + 1}.xml`] as const),
      ['styles', `${folder}styles.xml`],
      ...(texts.size > 0 ? [['sharedStrings', `${folder}sharedStrings.xml`] as const] : []),
    ]),
    'xl/styles.xml': options.styles ?? '<styleSheet/>',
    ...Object.fromEntries(
      written.map((content, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        document('worksheet', `<${p}sheetData>${content}</${p}sheetData>`),
      ]),
    ),
  };
  if (texts.size > 0) {
    const items = [...texts.keys()].map((text) => `<${p}si>${textXml(text, p)}</${p}si>`);
    files['xl/sharedStrings.xml'] = document('sst', items.join(''));
  }
  return zip({ ...files, ...options.files }, { compressed });
}

function sheetXml(
  { rows, hiddenRows = [] }: SheetOptions,
  { inline = false, bare = false, prefix: p = '' }: XlsxOptions,
  texts: Map<string, number>,
): string {
  return rows
    .map((cells, i) => {
      const line = i + 1;
      const content = cells.map((cell, column) => {
        if (typeof cell === 'object') return cell.xml;
        const at = bare ? '' : ` r="${columnName(column)}${line}"`;
        if (cell === '') return bare ? `<${p}c/>` : '';
        if (typeof cell === 'number') return `<${p}c${at}><${p}v>${cell}</${p}v></${p}c>`;
        if (inline) return `<${p}c${at} t="inlineStr"><${p}is>${textXml(cell, p)}</${p}is></${p}c>`;
        const number = texts.get(cell) ?? texts.size;
        texts.set(cell, number);
        return `<${p}c${at} t="s"><${p}v>${number}</${p}v></${p}c>`;
      });
      const hidden = hiddenRows.includes(line) ? ' hidden="1"' : '';
      if (content.join('') === '' && !bare) return '';
      return `<${p}row${bare ? '' : ` r="${line}"`}${hidden}>${content.join('')}</${p}row>`;
    })
    .join('');
}

/** Escapes what would be read as an escape of Excel. */
const textXml = (text: string, p: string): string =>
  `<${p}t xml:space="preserve">${escapeXml(text.replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_').replaceAll('\r', '_x000D_'))}</${p}t>`;

function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}
