import { problem } from '../../messages/problems.ts';
import type { CsvFormat } from '../csv/csv-format.ts';
import { roleOf } from '../rows/column-names.ts';
import { findColumns, type GivenColumns } from '../rows/columns.ts';
import { listColumns } from '../rows/list-columns.ts';
import { isJsonObject, type JsonSource, readJsonValues } from './read-values.ts';

const MOST_KEYS = 1_000;
/** Most characters of all keys together: the header is stored with the import. */
const MOST_KEY_CHARACTERS = 100_000;

/**
 * Reads a whole JSON file once: the keys of all objects are its columns, in the order of their first occurrence,
 * because `message` can be missing in any object. So an error anywhere refuses the file before anything is stored.
 *
 * @throws Problem when the text is not JSON, or no keys or several could be the group or the user
 */
export async function detectJson(
  bytes: AsyncIterable<Uint8Array>,
  source: JsonSource,
  given: GivenColumns = {},
): Promise<Pick<CsvFormat, 'header' | 'columns' | 'json'>> {
  const header = await readKeys(bytes, source);
  const { fileName, shape } = source;
  if (header.length === 0) throw problem('json_no_objects', { file: fileName });
  const isMissing = (role: 'group' | 'user') =>
    given[role] === undefined && !header.some((key) => roleOf(key) === role);
  if (isMissing('group') || isMissing('user')) {
    const missing = { group: isMissing('group') ? 1 : 0, user: isMissing('user') ? 1 : 0 } as const;
    throw problem('json_keys_missing', {
      ...{ file: fileName, ...missing, found: listColumns(header) },
    });
  }
  return { header, columns: findColumns({ fileName, line: 1, cells: header }, given), json: shape };
}

async function readKeys(bytes: AsyncIterable<Uint8Array>, source: JsonSource): Promise<string[]> {
  const keys = new Set<string>();
  let characters = 0;
  for await (const values of readJsonValues(bytes, source)) {
    for (const { value } of values) {
      if (!isJsonObject(value)) continue;
      for (const key in value) {
        if (keys.has(key)) continue;
        keys.add(key);
        characters += key.length;
        if (keys.size <= MOST_KEYS && characters <= MOST_KEY_CHARACTERS) continue;
        throw problem('json_keys_many', { file: source.fileName, most: MOST_KEYS });
      }
    }
  }
  return [...keys];
}
