import { numberText } from '../workbook/cell-text.ts';
import { readXml } from '../workbook/read-xml.ts';
import { attribute } from '../workbook/xml-text.ts';
import type { ZipArchive } from '../workbook/zip-archive.ts';

/** @returns for each style of a cell, by its number, whether it shows a number as a date or a time */
export async function readDateStyles(
  archive: ZipArchive,
  part: string | undefined,
): Promise<readonly boolean[]> {
  const styles: boolean[] = [];
  if (part === undefined || !archive.has(part)) return styles;
  const own = new Map<string, boolean>();
  let inCellFormats = false;
  await readXml(archive, part, {
    open(name, attributes) {
      if (name === 'numFmt') {
        const id = attribute(attributes, 'numFmtId') ?? '';
        own.set(id, isDateFormat(attribute(attributes, 'formatCode') ?? ''));
      } else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = attribute(attributes, 'numFmtId') ?? '0';
        styles.push(own.get(id) ?? isBuiltInDate(Number(numberText(id))));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text() {},
  });
  return styles;
}

/** Numbers of the built-in formats, those of Chinese, Japanese, Korean and Thai Excel included. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58) ||
  (id >= 71 && id <= 81);

/** @param code such as `dd.mm.yyyy` or `#,##0.00" kg"`; a file always has it in English letters */
export function isDateFormat(code: string): boolean {
  const shown = code
    .replace(/\[(?:h+|m+|s+)\]/gi, 'h')
    .replace(/"[^"]*"|\\.|_.|\*.|\[[^[\]]*\]/g, '')
    .replace(/general/gi, '');
  return /[dmyhs]/i.test(shown);
}
