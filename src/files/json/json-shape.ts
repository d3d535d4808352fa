/** `array`: the objects are the elements of one array. `lines`: one object per line (NDJSON). */
export const JSON_SHAPES = ['array', 'lines'] as const;
export type JsonShape = (typeof JSON_SHAPES)[number];

const START = /^\s*(?:\{\s*["}]|\[\s*[[{"\]\d-])/;
const NAME = /\.(?:json|ndjson|jsonl)(?:\.gz)?$/i;

/** @returns how a file holds JSON, by its beginning or its name; undefined for other files */
export function jsonShapeOf(start: string, fileName: string): JsonShape | undefined {
  if (!START.test(start) && !NAME.test(fileName)) return undefined;
  return start.trimStart().startsWith('[') ? 'array' : 'lines';
}
