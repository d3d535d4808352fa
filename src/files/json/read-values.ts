import type { Encoding } from '../text/encoding.ts';
import { readText } from '../text/text.ts';
import type { JsonShape } from './json-shape.ts';
import { type JsonValue, JsonValues } from './json-values.ts';

export interface JsonSource {
  fileName: string;
  encoding: Encoding;
  shape: JsonShape;
}

/**
 * Reads the values of a JSON file as a stream, in batches.
 *
 * @throws Problem with line and column when the text is not JSON, after the values before that
 */
export async function* readJsonValues(
  bytes: AsyncIterable<Uint8Array>,
  { shape, ...source }: JsonSource,
): AsyncGenerator<JsonValue[]> {
  const values = new JsonValues(shape, source.fileName);
  function* found(): Generator<JsonValue[]> {
    for (let batch = values.read(); batch.length > 0; batch = values.read()) yield batch;
  }
  for await (const text of readText(bytes, source)) {
    values.write(text);
    yield* found();
  }
  values.end();
  yield* found();
}

/** Whether a value is a JSON object: not an array, a number kept as written, or null. */
export const isJsonObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
