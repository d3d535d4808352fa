import { parseStr } from './parse-str.ts';
import type { PhpArray } from './php-array.ts';
import { decodeJson } from './php-json.ts';

/** A parsed request to the REST API. */
export interface RestRequest {
  /** User id and code from the address; undefined where it has none. */
  readonly credentials: { userId: string; code: string } | undefined;
  /** In lower case: method names are case-insensitive. */
  readonly method: string;
  readonly parameters: PhpArray;
}

/**
 * Reads `/rest/USER/CODE/METHOD[.json]?query` with a body of JSON or of a form
 * ("Incoming and Outgoing Webhooks"). The body takes precedence over the query. A body that
 * is not valid JSON under `application/json` counts as empty.
 * @param address path and query
 */
export function readRestRequest(
  address: string,
  body: string,
  contentType: string | undefined,
): RestRequest {
  const mark = address.indexOf('?');
  const path = mark < 0 ? address : address.slice(0, mark);
  const query = mark < 0 ? '' : address.slice(mark + 1);
  const [, ...parts] = path.split('/').filter((part) => part !== '');
  const [userId, code] = parts.length > 1 ? parts : [];
  const method = parts.length > 1 ? parts[2] : parts[0];
  return {
    credentials: userId === undefined || code === undefined ? undefined : { userId, code },
    method: (method ?? '').toLowerCase().replace(/\.json$/, ''),
    parameters: new Map([...parseStr(query), ...bodyParameters(body, contentType)]),
  };
}

function bodyParameters(body: string, contentType = ''): PhpArray {
  const text = body.trim();
  const isJson = /^application\/json\b/i.test(contentType) || text.startsWith('{');
  if (!isJson) return parseStr(text);
  const decoded = decodeJson(text);
  return decoded instanceof Map ? decoded : new Map();
}
