import type { Format } from '../../../server/schemas/format-schema.ts';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252'] as const;
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export const ENCODING_NAMES: Readonly<Record<Format['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1251': 'Windows-1251 (АБВ)',
  'windows-1252': 'Windows-1252 (ÄÉÑ)',
};

export const encodingOf = (value: string) => ENCODINGS.find((one) => one === value);
export const delimiterOf = (value: string) => DELIMITERS.find((one) => one === value);
