import type { Format } from '../../../server/schemas/format-schema.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export const ENCODING_NAMES: Readonly<Record<Format['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1251': 'Windows-1251 (АБВ)',
  'windows-1252': 'Windows-1252 (ÄÉÑ)',
  'windows-1250': 'Windows-1250 (ŁŘŐ)',
  'koi8-r': 'KOI8-R (АБВ)',
  ibm866: 'CP866 (АБВ)',
  'x-mac-cyrillic': 'MacCyrillic (АБВ)',
};

export const ENCODINGS = Object.keys(ENCODING_NAMES) as Format['encoding'][];

export const encodingOf = (value: string) => ENCODINGS.find((one) => one === value);
export const delimiterOf = (value: string) => DELIMITERS.find((one) => one === value);

/**
 * The sheets to choose from, with the one that was read even if it is not among the first hundred.
 *
 * @param hidden marks a hidden sheet's name
 */
export function sheetOptions(
  { sheet, sheets }: NonNullable<Format['workbook']>,
  hidden: (name: string) => string,
) {
  const listed = sheets.some(({ name }) => name === sheet)
    ? sheets
    : [{ name: sheet, isHidden: false }, ...sheets];
  return listed.map(({ name, isHidden }) => ({
    value: name,
    label: isHidden ? hidden(name) : name,
  }));
}
