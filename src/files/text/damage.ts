import { Problem } from '../../domain/errors/problem.ts';
import type { Encoding } from './encoding.ts';

const SAVE_AS_UTF8 =
  'save the file as UTF-8 (in Excel: File → Save as → CSV UTF-8; in an editor: choose the encoding UTF-8)';

/** @returns the Problem of a zero byte (in UTF-16 a zero character), which no text contains */
export const zeroByte = (fileName: string, line: number): Problem =>
  new Problem(
    `${fileName}, line ${line}: there is a zero byte; the file is binary, damaged or in UTF-16.`,
    `Remove it, or ${SAVE_AS_UTF8}, or when it is UTF-16 say so: --encoding utf-16le`,
    { coded: { code: 'zero_byte', params: { file: fileName, line } } },
  );

/** @returns the Problem of bytes that are invalid in the file's encoding */
export const damagedText = (fileName: string, line: number, encoding: Encoding): Problem =>
  new Problem(
    `${fileName}, line ${line}: the text is not ${NAMES[encoding]}.`,
    `Mend that line, or ${SAVE_AS_UTF8}, or name the encoding that it has, for example: --encoding windows-1251`,
    {
      coded: { code: 'text_damaged', params: { file: fileName, line, encoding: NAMES[encoding] } },
    },
  );

/** @returns the Problem of a byte order mark that contradicts the specified encoding */
export const otherMark = (fileName: string, marked: Encoding, encoding: Encoding): Problem =>
  new Problem(
    `${fileName} says in its first bytes that it is ${NAMES[marked]}, not ${NAMES[encoding]}.`,
    `Read it without --encoding, or with --encoding ${marked}`,
    {
      coded: {
        code: 'encoding_contradicted',
        params: { file: fileName, marked: NAMES[marked], encoding: NAMES[encoding] },
      },
    },
  );

/** @returns the Problem of a text that was decoded with a wrong encoding before it was saved */
export const garbledText = (fileName: string): Problem =>
  new Problem(
    `${fileName}: the letters are garbled: the text is UTF-8 that was read in another encoding.`,
    'Leave out --encoding, or take the file anew from where it was right; of results with --out FILE.csv, without >.',
    { coded: { code: 'text_garbled', params: { file: fileName } } },
  );

const NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (LE)',
  'utf-16be': 'UTF-16 (BE)',
  'windows-1251': 'Windows-1251',
  'windows-1252': 'Windows-1252',
};
