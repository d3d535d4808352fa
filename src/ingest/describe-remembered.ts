import { Problem } from '../domain/errors/problem.ts';
import {
  choicesOf,
  type FormatChoices,
  namesOf,
  parseChoices,
  unless,
  withNames,
  withRemembered,
} from '../files/choices/format-choices.ts';
import { headerKey, headerLineKey, headerPlaces, lineKeys } from '../files/choices/header-keys.ts';
import type { GivenFormat } from '../files/csv/detect-format.ts';
import { detectEncoding } from '../files/text/detect-encoding.ts';
import type { WorkbookHeads } from '../files/workbook/workbook.ts';
import type { Db } from '../ledger/db/schema.ts';
import { findRemembered, type RememberedChoices } from '../ledger/imports/remembered-choices.ts';
import { ANY_COLUMNS, describeSource, readHeads } from './describe-source.ts';
import type { IngestSource } from './ingest.ts';
import type { KeptSource } from './kept-source.ts';
import { atItsLine, atItsPlace } from './remembered-place.ts';

type Settings = Pick<IngestSource, 'portal' | 'message'>;

/**
 * As `describeSource`, with what was chosen for the same header before; what is given now counts more. First the
 * bytes of the header's line are compared, because encoding and header line must be known before the header can be
 * read, then the header's names, for another encoding or delimiter. Of a workbook, the names in the first rows of each
 * sheet are compared; a sheet that was chosen must have its name again.
 *
 * @param db where choices are remembered; undefined to use none
 * @throws Problem when the file cannot be understood
 */
export async function describeRemembered(
  db: Db | undefined,
  kept: KeptSource,
  given: GivenFormat,
  settings: Settings,
): Promise<IngestSource> {
  const workbook = await readHeads(kept);
  const lines = workbook === null ? await lineKeys(kept.open()) : [];
  const chosen = choicesOf(given);
  const describe = async (remembered: FormatChoices): Promise<IngestSource> => {
    const choices = withRemembered(chosen, remembered);
    const source = await describeSource(kept, { ...given, ...choices }, settings, workbook);
    return withChoices(source, choices, remembered, lines);
  };
  if (db === undefined) return describe({});
  const known = lines.filter((line) => line !== undefined);
  for (const entry of known.length === 0 ? [] : await findRemembered(db, { lines: known })) {
    const choices = await withoutOldEncoding(kept, atItsLine(entry, lines));
    const source = await fitting(entry, choices, chosen, describe);
    if (source !== undefined) return source;
  }
  const places = headerPlaces(workbook?.heads ?? []);
  const headers = [...places.keys()];
  for (const entry of headers.length === 0 ? [] : await findRemembered(db, { headers })) {
    const choices = atItsPlace(entry, places.get(entry.keys.header) ?? [], chosen.sheet);
    const source = choices && (await fitting(entry, choices, chosen, describe));
    if (source !== undefined) return source;
  }
  const found = await describe({}).catch(asProblem);
  const plain =
    found instanceof Problem ? await withAnyColumns(kept, given, settings, workbook) : found;
  const header = plain && headerKey(plain.format);
  const [entry] = header === undefined ? [] : await findRemembered(db, { headers: [header] });
  const columns = entry && parseChoices(entry.choices).columns;
  const source = columns && (await fitting(entry, { columns }, chosen, describe));
  if (source !== undefined) return source;
  if (found instanceof Problem) throw found;
  return found;
}

/** A program can write UTF-8 now. A header in ASCII is the same in both, and a cell would be read as other letters. */
async function withoutOldEncoding(
  kept: KeptSource,
  { encoding, ...choices }: FormatChoices,
): Promise<FormatChoices> {
  if (encoding === undefined) return choices;
  const detected = await detectEncoding(kept.open());
  const isCertain =
    detected.by === 'bom' || (detected.by === 'content' && detected.encoding === 'utf-8');
  return isCertain ? choices : { ...choices, encoding };
}

/** @returns the problem; @throws any other error */
function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

/** Finds the header of a file whose columns are not clear. @returns undefined when it cannot be read at all */
async function withAnyColumns(
  kept: KeptSource,
  given: GivenFormat,
  settings: Settings,
  workbook: WorkbookHeads | null,
): Promise<IngestSource | undefined> {
  const all = { ...given, columns: ANY_COLUMNS };
  const found = await describeSource(kept, all, settings, workbook).catch(asProblem);
  return found instanceof Problem ? undefined : found;
}

/** @returns the source read with remembered choices; undefined unless it has the header that they were made for */
async function fitting(
  { keys }: RememberedChoices,
  choices: FormatChoices,
  chosen: FormatChoices,
  describe: (remembered: FormatChoices) => Promise<IngestSource>,
): Promise<IngestSource | undefined> {
  const remembered = unless(chosen, choices);
  if (namesOf(remembered).length === 0) return undefined;
  // If the file cannot be read that way, its own problem without these choices is reported.
  const source = await describe(remembered).catch(asProblem);
  return source instanceof Problem || headerKey(source.format) !== keys.header ? undefined : source;
}

/** Adds to a source what is remembered for its header when the import starts. */
export function withChoices(
  source: IngestSource,
  choices: FormatChoices,
  remembered: FormatChoices,
  lines: readonly (string | undefined)[],
): IngestSource {
  const header = headerKey(source.format);
  if (header === undefined || namesOf(choices).length === 0) return source;
  const { format } = source;
  const kept = format.json === undefined ? choices : withNames(choices, format.header ?? []);
  if (kept === undefined) return source;
  const line = headerLineKey(lines, format, choices.headerLine);
  const isRemembered = namesOf(remembered).length > 0;
  return {
    ...source,
    choices: {
      keys: { header, line },
      choices: JSON.stringify(kept),
      remembered: isRemembered ? JSON.stringify(remembered) : null,
    },
  };
}
