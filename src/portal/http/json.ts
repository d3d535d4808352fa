import { cutText, visibleLine } from '../../domain/text/visible-text.ts';

/** @returns the text as a JSON object, or undefined when it is something else */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @returns whether the value is a JSON object, lists included: PHP prints an empty map as `[]` */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** @returns the value as text: a string as it is, null and undefined as the empty string */
export function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @returns whether the value is one of the API's forms of true */
export const isTrue = (value: unknown): boolean =>
  value === true || value === 1 || value === '1' || value === 'Y' || value === 'true';

/** @returns the text as a name to show, on one line, not too long; null when there is none */
export function toName(text: string): string | null {
  const name = cutText(visibleLine(text).replaceAll(/\s+/g, ' ').trim());
  return name === '' ? null : name;
}

/** A date as PHP's `date('c')` writes it, such as `2026-11-30T09:15:02+03:00`. */
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** @returns Unix seconds; undefined when the value is something else, or has no time zone */
export function readPhpDate(value: unknown): number | undefined {
  const text = toText(value);
  return WITH_ZONE.test(text) ? Date.parse(text) / 1_000 : undefined;
}
