import type { Encoding } from '../text/encoding.ts';
import type { Delimiter } from './delimiter.ts';
import type { GivenFormat } from './detect-format.ts';

/** A user's settings for a file, on the command line or in the API; undefined values are detected. */
export interface FormatOptions {
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  /** A column by its name or its number, from 1. */
  groupColumn?: string | undefined;
  userColumn?: string | undefined;
  /** `false`: no column contains invitation texts. */
  messageColumn?: string | false | undefined;
  /** Name of the sheet to read in a workbook. */
  sheet?: string | undefined;
  /** Line of the header, from 1. */
  headerLine?: number | undefined;
}

/** Converts a user's settings to the input of `detectFormat`. */
export function givenFormat(options: FormatOptions): GivenFormat {
  const { groupColumn: group, userColumn: user, messageColumn: message } = options;
  const columns = {
    ...(group !== undefined && { group }),
    ...(user !== undefined && { user }),
    ...(message !== undefined && { message }),
  };
  return {
    encoding: options.encoding,
    delimiter: options.delimiter,
    ...(options.sheet !== undefined && { sheet: options.sheet }),
    headerLine: options.headerLine,
    ...(Object.keys(columns).length > 0 && { columns }),
  };
}
