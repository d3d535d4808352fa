import { choicesOf, type FormatChoices, parseChoices } from '../files/choices/format-choices.ts';
import { lineKeys } from '../files/choices/header-keys.ts';
import { type CsvFormat, parseFormat } from '../files/csv/csv-format.ts';
import type { GivenFormat } from '../files/csv/detect-format.ts';
import type { ImportChoices } from '../ledger/imports/remembered-choices.ts';
import { withChoices } from './describe-remembered.ts';
import { describeSource } from './describe-source.ts';
import type { IngestSource } from './ingest.ts';
import type { KeptSource } from './kept-source.ts';

/**
 * As `describeSource`, for a file that was read before. The page then sends every option as it is shown, so only
 * options that differ from how the file was read, and those chosen before, are choices to remember.
 *
 * @param before the format and the choices that the file was read with
 * @throws Problem when the file cannot be read with these options
 */
export async function describeReread(
  kept: KeptSource,
  given: GivenFormat,
  settings: Pick<IngestSource, 'portal' | 'message'>,
  before: { format: string; choices: ImportChoices | undefined },
): Promise<IngestSource> {
  const source = await describeSource(kept, given, settings);
  const format = parseFormat(before.format);
  const earlier = before.choices === undefined ? {} : parseChoices(before.choices.choices);
  const choices =
    format === undefined ? choicesOf(given) : chosen(choicesOf(given), format, earlier);
  return withChoices(source, choices, {}, await lineKeys(kept.open()));
}

function chosen(given: FormatChoices, before: CsvFormat, earlier: FormatChoices): FormatChoices {
  const { encoding, delimiter, columns = {}, sheet, headerLine } = given;
  const isNew = {
    encoding: encoding !== before.encoding,
    delimiter: delimiter !== before.delimiter,
    sheet: sheet !== before.workbook?.sheet,
    headerLine: headerLine !== before.headerLine,
    group: columns.group !== String(before.columns.group + 1),
    user: columns.user !== String(before.columns.user + 1),
    message:
      columns.message === false
        ? before.messageOff !== true
        : columns.message !== String((before.columns.message ?? -1) + 1),
  };
  const wasChosen: object = { ...earlier, ...earlier.columns };
  const isChosen = (name: keyof typeof isNew) => isNew[name] || Object.hasOwn(wasChosen, name);
  const { group, user, message } = columns;
  return choicesOf({
    ...(encoding !== undefined && isChosen('encoding') && { encoding }),
    ...(delimiter !== undefined && isChosen('delimiter') && { delimiter }),
    ...(sheet !== undefined && isChosen('sheet') && { sheet }),
    ...(headerLine !== undefined && isChosen('headerLine') && { headerLine }),
    columns: {
      ...(group !== undefined && isChosen('group') && { group }),
      ...(user !== undefined && isChosen('user') && { user }),
      ...(message !== undefined && isChosen('message') && { message }),
    },
  });
}
