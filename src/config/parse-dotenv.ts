import type { DotenvFault } from '../messages/en/terminal/set-up-problems-en.ts';
import { problem } from '../messages/problems.ts';

export interface Dotenv {
  values: Record<string, string>;
  /** Settings with a value that ends before a comment, which may be meant as a part of the value. */
  cut: { name: string; line: number }[];
}

const QUOTED = /^(?:"((?:\\"|[^"])*)"|'([^']*)'|`([^`]*)`)([^\n]*)/;
/** Forms of other programs and shells; `export NAME` alone sets nothing. */
const OTHER_FORM = /^\s*(?:(?:export|set)\s+|\$env:)?(\w+)[\s:=]+\S/i;
/** Its value may be in any quotes. */
const WEBHOOK = 'BITRIX24_WEBHOOK_URL';
const CURLY = /^(?:[“”„].*[“”]|[‘’‚].*[‘’]|«.*»)$/;

/**
 * Parses the text of a `.env`: lines of the form `NAME=value` or `export NAME=value`, and lines that begin with
 * `#`. A quoted value is taken as it is, also over several lines; in double quotes `\n` is a line break and
 * `\"` a quote. Without quotes `#` begins a comment at the start of a word only.
 *
 * @param fileName name for error messages
 * @param isOurs whether the value of a name is needed; errors in other lines do not matter
 * @throws Problem that names file and line, but never a value
 */
export function parseDotenv(
  source: string,
  fileName: string,
  isOurs: (name: string) => boolean,
): Dotenv {
  const text = source.replace(/\r\n?/g, '\n');
  const found: Dotenv = { values: {}, cut: [] };
  for (let at = 0, line = 1; at < text.length; ) {
    const end = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
    const taken = takeLine(text, at, end);
    const { name, value, fault, isCut } = taken;
    if (name !== undefined && isOurs(name)) {
      if (fault !== undefined && !(fault === 'curly' && name === WEBHOOK))
        throw problem('dotenv_wrong', { where: `${fileName}, line ${line}`, name, fault });
      if (isCut) found.cut.push({ name, line });
    }
    if (name !== undefined && value !== undefined) found.values[name] = value;
    line += text.slice(at, taken.end).split('\n').length;
    at = taken.end + 1;
  }
  return found;
}

interface Taken {
  name?: string | undefined;
  value?: string;
  isCut?: boolean;
  fault?: DotenvFault;
  /** Offset of the end of its last line. */
  end: number;
}

function takeLine(text: string, at: number, end: number): Taken {
  const line = text.slice(at, end);
  const begun = /^\s*(?:export\s+)?([\w.-]+)\s*=[^\S\n]*/.exec(line);
  if (begun === null) {
    const name = OTHER_FORM.exec(line)?.[1];
    return { name, fault: 'other_form', end };
  }
  const [all, name] = begun;
  const rest = text.slice(at + all.length);
  if (/^["'`]/.test(rest)) return { name, ...takeQuoted(rest, at + all.length, end) };
  return { name, ...takePlain(text.slice(at + all.length, end)), end };
}

function takeQuoted(rest: string, start: number, end: number): Omit<Taken, 'name'> {
  const quoted = QUOTED.exec(rest);
  if (quoted === null) return { fault: 'unclosed', end };
  const [all, double, single, back, after = ''] = quoted;
  if (!/^\s*(#.*)?$/.test(after)) return { fault: 'after_quote', end };
  const value = double?.replaceAll('\\n', '\n').replaceAll('\\"', '"') ?? single ?? back ?? '';
  return { value, end: start + all.length };
}

function takePlain(rest: string): Omit<Taken, 'name' | 'end'> {
  const comment = /^#(?=\s|$)|\s#/.exec(rest)?.index ?? rest.length;
  const value = rest.slice(0, comment).trim();
  if (CURLY.test(value)) return { value, fault: 'curly' };
  return { value, isCut: value !== '' && comment < rest.length };
}
