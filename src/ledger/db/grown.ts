/** @returns a column with `rows` rows that begins with the rows of the given one */
export function grown(column: Uint32Array, rows: number): Uint32Array;
export function grown(column: Float64Array, rows: number): Float64Array;
export function grown(
  column: Uint32Array | Float64Array,
  rows: number,
): Uint32Array | Float64Array {
  const larger = column instanceof Uint32Array ? new Uint32Array(rows) : new Float64Array(rows);
  larger.set(column);
  return larger;
}
