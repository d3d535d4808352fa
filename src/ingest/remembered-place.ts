import { type FormatChoices, parseChoices } from '../files/choices/format-choices.ts';
import type { HeaderPlace } from '../files/choices/header-keys.ts';
import type { RememberedChoices } from '../ledger/imports/remembered-choices.ts';

/** @returns the choices with the line of the header, which can be another than last time */
export function atItsLine(
  { keys, choices }: RememberedChoices,
  lines: readonly (string | undefined)[],
): FormatChoices {
  const parsed = parseChoices(choices);
  if (parsed.headerLine === undefined) return parsed;
  return { ...parsed, headerLine: lines.indexOf(keys.line ?? undefined) + 1 };
}

/** @returns the choices with the header's row in this workbook; undefined when the chosen sheet is not there */
export function atItsPlace(
  { choices }: RememberedChoices,
  places: readonly HeaderPlace[],
  given: string | undefined,
): FormatChoices | undefined {
  const parsed = parseChoices(choices);
  const sheet = given ?? parsed.sheet;
  const place = places.find((one) => sheet === undefined || one.sheet === sheet);
  if (place === undefined || parsed.headerLine === undefined) return place && parsed;
  return { ...parsed, headerLine: place.line };
}
