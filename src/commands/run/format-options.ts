import { type Command, InvalidArgumentError } from 'commander';
import { type Delimiter, parseDelimiter } from '../../files/csv/delimiter.ts';
import { ENCODINGS, type Encoding, parseEncoding } from '../../files/text/encoding.ts';

const encoding = (text: string): Encoding => {
  const found = parseEncoding(text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It must be one of ${ENCODINGS.join(', ')}.`);
};

const delimiter = (text: string): Delimiter => {
  const found = parseDelimiter(text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError('It must be a comma, a semicolon, a vertical bar or tab.');
};

/** Adds the options that override what is detected in a file. */
export const addFormatOptions = (command: Command): Command =>
  command
    .option('--encoding <name>', `how the text is written: ${ENCODINGS.join(', ')}`, encoding)
    .option('--delimiter <character>', 'what stands between cells: , ; | or tab', delimiter)
    .option('--group-column <column>', 'the column of the groups, by name or number')
    .option('--user-column <column>', 'the column of the users, by name or number')
    .option('--message-column <column>', 'the column of the invitation texts, by name or number')
    .option('--no-message-column', 'no column holds invitation texts, whatever it is called');
