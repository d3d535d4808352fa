import { z } from 'zod';
import { DELIMITERS } from '../csv/delimiter.ts';
import type { GivenFormat } from '../csv/detect-format.ts';
import { ENCODINGS } from '../text/encoding.ts';

const Column = z.string().exactOptional();

/** What a person chose for a file, as it is stored; see `GivenFormat`. */
const FormatChoices = z.object({
  encoding: z.enum(ENCODINGS).exactOptional(),
  delimiter: z.enum(DELIMITERS).exactOptional(),
  columns: z
    .object({
      group: Column,
      user: Column,
      message: z.union([z.string(), z.literal(false)]).exactOptional(),
    })
    .exactOptional(),
  sheet: z.string().exactOptional(),
  headerLine: z.int().positive().exactOptional(),
});
export type FormatChoices = z.infer<typeof FormatChoices>;

/** Names of the choices, as they are shown. */
export const CHOICES = [
  ...['encoding', 'delimiter', 'sheet', 'headerLine', 'group', 'user', 'message'],
] as const satisfies readonly (keyof FormatChoices | keyof NonNullable<FormatChoices['columns']>)[];
export type Choice = (typeof CHOICES)[number];

/** @returns the choices of a text that was stored */
export const parseChoices = (text: string): FormatChoices => FormatChoices.parse(JSON.parse(text));

/** @returns the user's settings without what is to be detected */
export function choicesOf(given: GivenFormat): FormatChoices {
  const { columns, ...rest } = parseChoices(JSON.stringify(given));
  return columns === undefined || Object.keys(columns).length === 0 ? rest : { ...rest, columns };
}

/** @returns the names of the choices that were made */
export function namesOf({ columns = {}, ...others }: FormatChoices): Choice[] {
  const made = new Set([...Object.keys(others), ...Object.keys(columns)]);
  return CHOICES.filter((name) => made.has(name));
}

/**
 * Names the columns that were chosen by number, for objects, whose keys have another order in another file.
 *
 * @returns undefined when a key is a number itself, and so cannot be named
 */
export function withNames(
  { columns, ...others }: FormatChoices,
  header: readonly string[],
): FormatChoices | undefined {
  if (columns === undefined) return others;
  const isNumber = (name: unknown) => typeof name === 'string' && /^\s*[0-9]+\s*$/.test(name);
  const named = Object.entries(columns).map(([role, name]) => [
    role,
    isNumber(name) ? header[Number(name) - 1] : name,
  ]);
  if (named.some(([, name]) => isNumber(name))) return undefined;
  return choicesOf({ ...others, columns: Object.fromEntries(named) });
}

/** @returns the choices of both; where both have made one, the first counts */
export function withRemembered(given: FormatChoices, remembered: FormatChoices): FormatChoices {
  const columns = { ...remembered.columns, ...given.columns };
  const isNamed = Object.keys(columns).length > 0;
  return { ...remembered, ...given, ...(isNamed && { columns }) };
}

/** @returns the remembered choices that the person has not made otherwise */
export function unless(given: FormatChoices, remembered: FormatChoices): FormatChoices {
  const { columns: named = {}, ...others } = given;
  const left = (all: object, made: object) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(made, name)));
  const { columns = {}, ...rest } = remembered;
  return choicesOf({ ...left(rest, others), columns: left(columns, named) });
}
