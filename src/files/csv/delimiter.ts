/** Supported delimiters, the most likely first where a file allows several. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof DELIMITERS)[number];

/** Names of the delimiters in messages and reports. */
const NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
};

export const delimiterName = (delimiter: Delimiter): string => NAMES[delimiter];

/** @returns the delimiter for a user's input such as `;`, `tab`, `\t` or `semicolon`, or undefined */
export function parseDelimiter(text: string): Delimiter | undefined {
  if (text === '\\t') return '\t';
  const wanted = text.toLowerCase().trim() || text;
  return DELIMITERS.find((delimiter) => delimiter === wanted || NAMES[delimiter] === wanted);
}

/**
 * A first record that makes sense decides; otherwise the delimiter that splits the most records into as
 * many cells as the first one.
 *
 * @param makesSense whether the cells of the first record name the columns or contain a pair
 * @returns several when the file makes equal sense with each of them
 */
export function detectDelimiter(
  records: readonly string[],
  makesSense: (cells: readonly string[], delimiter: Delimiter) => boolean,
): readonly Delimiter[] {
  const [first = ''] = records;
  const sensible = DELIMITERS.filter((one) => makesSense(splitCells(first, one), one));
  const candidates = sensible.length > 0 ? sensible : DELIMITERS;
  const scores = candidates.map((delimiter) => {
    const counts = records.map((record) => splitCells(record, delimiter).length);
    const [cells = 1] = counts;
    return cells < 2 ? 0 : counts.filter((count) => count === cells).length;
  });
  const best = candidates.filter((_, i) => scores[i] === Math.max(...scores));
  return sensible.length > 0 ? best : best.slice(0, 1);
}

/** Splits roughly, good enough to count and compare cells: quotes can be anywhere. */
export function splitCells(record: string, delimiter: Delimiter): string[] {
  const cells = [''];
  let quoted = false;
  for (const character of record) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells;
}
