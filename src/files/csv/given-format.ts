import type { Encoding } from '../text/encoding.ts';
import type { Delimiter } from './delimiter.ts';
import type { GivenFormat } from './detect-format.ts';

/** What a person may say about a file, on the command line as in the API; undefined: detect it. */
export interface FormatOptions {
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  /** A column by its name, or its number from 1. */
  groupColumn?: string | undefined;
  userColumn?: string | undefined;
  /** `false`: no column holds invitation texts. */
  messageColumn?: string | false | undefined;
}

/** @returns what a person says about a file, as the reader of files takes it */
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
    ...(Object.keys(columns).length > 0 && { columns }),
  };
}
