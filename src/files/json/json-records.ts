import type { RejectReason } from '../../domain/pairs/outcome.ts';
import { type RowDetail, rowDetail } from '../../messages/row-details.ts';
import type { CsvFormat } from '../csv/csv-format.ts';
import type { SourceRecord } from '../csv/records.ts';
import { quoteCell } from '../rows/cell.ts';
import type { Role } from '../rows/column-names.ts';
import type { JsonShape } from './json-shape.ts';
import type { JsonValue } from './json-values.ts';
import { WrittenNumber } from './parse-json.ts';
import { isJsonObject, readJsonValues } from './read-values.ts';

type Fault = { reason: RejectReason; detail: RowDetail };
type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

const REASONS = { group: 'bad_group_id', user: 'bad_user_id', message: 'bad_row' } as const;

/**
 * Reads the records of a JSON file as a stream.
 *
 * @throws Problem when the text is not JSON, after the records before that
 */
export async function* readJsonRecords(
  bytes: AsyncIterable<Uint8Array>,
  { fileName, format, shape }: { fileName: string; format: CsvFormat; shape: JsonShape },
): AsyncGenerator<SourceRecord[]> {
  const records = new JsonRecords(format);
  const { encoding } = format;
  for await (const values of readJsonValues(bytes, { fileName, encoding, shape })) {
    yield values.map((value) => records.recordOf(value));
  }
}

/** Converts JSON objects to records with a cell for each key of the file. */
class JsonRecords {
  readonly #places: ReadonlyMap<string, number>;
  readonly #roles: ReadonlyMap<number, Role>;

  constructor({ header, columns }: CsvFormat) {
    this.#places = new Map(header?.map((key, place) => [key, place]));
    this.#roles = new Map(
      (['group', 'user', 'message'] as const).flatMap((role) => {
        const place = columns[role];
        return place === undefined ? [] : [[place, role] as const];
      }),
    );
  }

  /**
   * A null is an empty cell, an array of the group's or user's key is a list. A value of another type there, or
   * a repeated key, makes the record wrong.
   */
  recordOf({ number: line, value, names }: JsonValue): SourceRecord {
    const cells: string[] = new Array(this.#places.size).fill('');
    if (!isJsonObject(value)) {
      return wrong(line, cells, {
        reason: 'bad_row',
        detail: rowDetail('json_no_object', { is: typeOf(value) }),
      });
    }
    const lists = new Map<number, readonly string[]>();
    let fault: Fault | undefined;
    let found = 0;
    for (const [key, content] of Object.entries(value)) {
      found++;
      const place = this.#places.get(key);
      if (place === undefined) continue;
      const role = this.#roles.get(place);
      const list = role !== undefined && role !== 'message' ? listOf(content) : undefined;
      if (list !== undefined) lists.set(place, list);
      cells[place] = list?.join('; ') ?? textOf(content);
      if (role !== undefined && list === undefined) fault ??= faultOf(role, key, content);
    }
    if (found < names) fault = { reason: 'bad_row', detail: rowDetail('json_key_twice', {}) };
    if (fault !== undefined) return wrong(line, cells, fault);
    return { kind: 'record', line, cells, ...(lists.size > 0 && { lists }) };
  }
}

const wrong = (line: number, cells: string[], { reason, detail }: Fault): SourceRecord => ({
  ...{ kind: 'wrong', line, cells, reason, detail },
});

function faultOf(role: Role, key: string, value: unknown): Fault | undefined {
  const type = typeOf(value);
  const name = quoteCell(key);
  if (typeof value === 'string') {
    return isText(value)
      ? undefined
      : { reason: REASONS[role], detail: rowDetail('json_no_text', { key: name }) };
  }
  if (role === 'message') {
    if (type === 'null') return undefined;
    return { reason: 'bad_row', detail: rowDetail('json_message_type', { key: name, is: type }) };
  }
  if (type === 'number') return undefined;
  return type === 'null'
    ? { reason: `missing_${role}`, detail: rowDetail('json_null', { key: name }) }
    : { reason: REASONS[role], detail: rowDetail('json_id_type', { key: name, is: type }) };
}

/** Databases store neither zero characters nor halves of surrogate pairs. */
const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** @returns the items of an array of strings and numbers; undefined for anything else */
function listOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const isItem = (item: unknown) =>
    typeOf(item) === 'number' || (typeof item === 'string' && isText(item));
  return value.every(isItem) ? value.map((item) => textOf(item).trim()) : undefined;
}

/** @returns the content of a cell: a text as it is, anything else as JSON */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (value === null) return '';
  if (value instanceof WrittenNumber) return value.text;
  return JSON.stringify(value, (_, inner) => (inner instanceof WrittenNumber ? inner.text : inner));
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof WrittenNumber) return 'number';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}
