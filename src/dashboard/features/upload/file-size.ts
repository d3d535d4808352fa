import type { Language } from '../../i18n/in-both.ts';
import { localeOf } from '../../i18n/locale.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** @example sizeIn('en', 2_097_152) → 2 MB */
export function sizeIn(language: Language, bytes: number): string {
  const power = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return new Intl.NumberFormat(localeOf(language), {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    maximumSignificantDigits: 3,
  })
    .format(bytes / 1024 ** power)
    .replaceAll(' ', '\u00a0');
}
