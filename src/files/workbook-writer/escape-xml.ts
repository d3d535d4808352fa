const SPECIAL = /[&<>"\p{Cc}\ufffe\uffff]|_x[\dA-Fa-f]{4}_/u;
const UNWRITABLE = /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * @returns the text for an element or an attribute of a workbook. What XML cannot hold is written as
 * `_x0000_`, as ECMA-376 (22.9.2.19, `ST_Xstring`) defines it: control characters, and text that looks
 * like this form. A carriage return too, which an XML reader would change. Lone surrogates are replaced.
 */
export function escapeXml(text: string): string {
  if (text.isWellFormed() && !SPECIAL.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(UNWRITABLE, (sign) => {
      return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
    });
}
