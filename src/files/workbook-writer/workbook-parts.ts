import { escapeXml } from './escape-xml.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const FORMATS = 'http://schemas.openxmlformats.org';
const MAIN = `${FORMATS}/spreadsheetml/2006/main`;
const RELATIONS = `${FORMATS}/officeDocument/2006/relationships`;
const LINKS = `${FORMATS}/package/2006/relationships`;
const OFFICE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const link = (id: string, kind: string, target: string): string =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;

const links = (all: readonly string[]): string =>
  `${HEAD}<Relationships xmlns="${LINKS}">${all.join('')}</Relationships>`;

/** Names the workbook of the package. */
export const PACKAGE_LINKS = links([link('rId1', 'officeDocument', 'xl/workbook.xml')]);

/** Formats in the order of `STYLES`: plain, bold, and a time. */
export const STYLE_SHEET = `${HEAD}<styleSheet xmlns="${MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** @param names of the sheets, in their order */
export function workbookXml(names: readonly string[]): string {
  const sheets = names.map(
    (name, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

export const workbookLinks = (sheets: number): string =>
  links([
    ...numbers(sheets).map((at) => link(`rId${at}`, 'worksheet', `worksheets/sheet${at}.xml`)),
    link(`rId${sheets + 1}`, 'styles', 'styles.xml'),
  ]);

export function contentTypes(sheets: number): string {
  const override = (part: string, kind: string) =>
    `<Override PartName="/xl/${part}" ContentType="${OFFICE}.${kind}+xml"/>`;
  const all = numbers(sheets).map((at) => override(`worksheets/sheet${at}.xml`, 'worksheet'));
  return (
    `${HEAD}<Types xmlns="${FORMATS}/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${override('workbook.xml', 'sheet.main')}${override('styles.xml', 'styles')}${all.join('')}</Types>`
  );
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
