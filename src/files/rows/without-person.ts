import { hasAddressIn, isNamedIn, type Person } from '../../domain/pairs/person.ts';
import type { CsvFormat } from '../csv/csv-format.ts';
import type { SourceRecord } from '../csv/records.ts';
import { readText } from '../text/text.ts';
import { usersIn } from './references.ts';
import { type ReadOptions, readCells } from './rows.ts';

/** A part of the file to replace. */
export interface Edit {
  /** First line of the record, and the line after it; undefined for the last record. */
  from: number;
  to: number | undefined;
  /** What remains of the record; empty where the whole row is about the person. */
  text: string;
}

/**
 * Finds what a CSV contains about a person. A row about the person alone goes; of a row with several people
 * the others stay.
 *
 * @param lines rows that were about the person, whatever their cells are now
 */
export async function editsFor(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  person: Person,
  lines: ReadonlySet<number>,
): Promise<Edit[]> {
  const edits: Edit[] = [];
  let open: Edit | undefined;
  for await (const records of readCells(source, options)) {
    for (const record of records) {
      if (open !== undefined) open.to = record.line;
      const text = remainderOf(record, options.format, person, lines.has(record.line));
      open = text === undefined ? undefined : { from: record.line, to: undefined, text };
      if (open !== undefined) edits.push(open);
    }
  }
  return edits;
}

/** @returns what remains of a record; undefined when nothing has to go */
function remainderOf(
  record: SourceRecord,
  { columns, delimiter }: CsvFormat,
  person: Person,
  isAbout: boolean,
): string | undefined {
  // The text of a broken row is not known as cells.
  if (record.kind === 'broken') return isAbout ? '' : undefined;
  const { cells } = record;
  const user = cells[columns.user] ?? '';
  const isNamed = isNamedIn(user, person);
  if (!isAbout && !isNamed && !cells.some((cell) => hasAddressIn(cell, person))) return undefined;
  const others = usersIn(user, delimiter).filter((part) => !isNamedIn(part, person));
  if (others.length === 0 || (isAbout && !isNamed)) return '';
  const kept = cells.map((cell, place) => {
    if (place === columns.user) return others.join(separatorIn(delimiter));
    return hasAddressIn(cell, person) ? '' : cell;
  });
  return kept.map((cell) => quoted(cell, delimiter)).join(delimiter);
}

/** Nothing but quotes is added: the other cells stay as they are. */
const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const separatorIn = (delimiter: string): string => (delimiter === ';' ? '|' : ';');

/** Writes a CSV in UTF-8 with the edits; every other row stays on its line. @param edits by line */
export async function* applyEdits(
  source: AsyncIterable<Uint8Array>,
  { fileName, format }: ReadOptions,
  edits: readonly Edit[],
): AsyncGenerator<Uint8Array, void> {
  let [line, at, rest] = [1, 0, ''];
  const write = (text: string): string => {
    const edit = edits[at];
    const number = line++;
    if (edit === undefined || number < edit.from) return `${text}\n`;
    const isLast = edit.to !== undefined && number + 1 === edit.to;
    if (isLast) at++;
    if (number !== edit.from) return number - edit.from < lineCount(edit.text) ? '' : '\n';
    return `${edit.text}\n`;
  };
  for await (const piece of readText(source, { fileName, encoding: format.encoding })) {
    const text = rest + (format.newline === 'CR' ? piece.replaceAll('\r', '\n') : piece);
    const found = text.split('\n');
    rest = found.pop() ?? '';
    yield Buffer.from(found.map(write).join(''));
  }
  if (rest !== '') yield Buffer.from(write(rest));
}

const lineCount = (text: string): number => text.split('\n').length;
