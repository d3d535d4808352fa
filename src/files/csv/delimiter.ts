/** What may stand between two cells, the likelier first where a file allows several. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiters in words, as messages and reports show them. */
const NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
};

export const delimiterName = (delimiter: Delimiter): string => NAMES[delimiter];

/** @returns the delimiter that a person means by `;`, `tab`, `\t` or `semicolon`, or undefined */
export function parseDelimiter(text: string): Delimiter | undefined {
  if (text === '\\t') return '\t';
  const wanted = text.toLowerCase().trim() || text;
  return DELIMITERS.find((delimiter) => delimiter === wanted || NAMES[delimiter] === wanted);
}

/**
 * Finds what separates the cells. A first record that makes sense decides; else the delimiter that
 * divides the most records into as many cells as the first.
 *
 * @param records the text of the first ones, without their newlines; delimiters in quotes are text
 * @param makesSense whether cells, as a delimiter makes them of the first record, name the columns
 * or hold a pair
 * @returns the delimiter; several, when the file makes the same sense with each of them
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

/** Rough cells, good enough to count and to compare: a quote may stand wherever it likes. */
function splitCells(record: string, delimiter: Delimiter): string[] {
  const cells = [''];
  let quoted = false;
  for (const character of record) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells;
}
