import { zip } from '../../../scripts/zip.ts';
import { type Cell, escapeXml, type SheetOptions } from './write-xlsx.ts';

const TYPE = 'application/vnd.oasis.opendocument.spreadsheet';

/** @returns an `.ods` workbook as LibreOffice writes it: with repeated empty cells and rows at the end */
export function ods(
  sheets: readonly SheetOptions[],
  files: Readonly<Record<string, string>> = {},
  compressed = false,
): Buffer {
  const tables = sheets.map(({ name, state = 'visible', rows, hiddenRows = [] }) => {
    const lines = rows.map((cells, i) => {
      const hidden = hiddenRows.includes(i + 1) ? ' table:visibility="collapse"' : '';
      return `<table:table-row${hidden}>${cells.map(cellXml).join('')}<table:table-cell table:number-columns-repeated="16370"/></table:table-row>`;
    });
    return `<table:table table:name="${escapeXml(name)}" table:style-name="${state === 'visible' ? 'ta1' : 'ta2'}">
      <table:table-column table:number-columns-repeated="16384"/>${lines.join('')}
      <table:table-row table:number-rows-repeated="${1_048_576 - rows.length}"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
    </table:table>`;
  });
  const style = (name: string, display: boolean) =>
    `<style:style style:name="${name}" style:family="table"><style:table-properties table:display="${display}"/></style:style>`;
  return zip(
    {
      mimetype: TYPE,
      'META-INF/manifest.xml': `<manifest:manifest><manifest:file-entry manifest:full-path="/" manifest:media-type="${TYPE}"/></manifest:manifest>`,
      'content.xml': `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>${style('ta1', true)}${style('ta2', false)}</office:automatic-styles><office:body><office:spreadsheet>${tables.join('')}</office:spreadsheet></office:body></office:document-content>`,
      ...files,
    },
    { compressed },
  );
}

function cellXml(cell: Cell): string {
  if (typeof cell === 'object') return cell.xml;
  if (cell === '') return '<table:table-cell/>';
  if (typeof cell === 'number') {
    return `<table:table-cell office:value-type="float" office:value="${cell}" calcext:value-type="float"><text:p>${cell},00</text:p></table:table-cell>`;
  }
  return `<table:table-cell office:value-type="string" calcext:value-type="string">${cell
    .split('\n')
    .map((line) => `<text:p>${odsText(line)}</text:p>`)
    .join('')}</table:table-cell>`;
}

const odsText = (line: string): string =>
  escapeXml(line)
    .replaceAll('\t', '<text:tab/>')
    .replace(/ {2,}/g, (blanks) => `<text:s text:c="${blanks.length}"/>`);
