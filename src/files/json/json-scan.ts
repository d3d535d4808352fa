/** Deeper values are refused. */
const MOST_LEVELS = 64;

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Progress in an object or array whose end is searched. */
export interface Scan {
  at: number;
  depth: number;
  /** Number of names of the outermost object so far. */
  names: number;
}

/**
 * Finds the end of an object or array by its brackets, without checking what is in it.
 *
 * @param scan begins at the opening bracket; moves to where the next call can continue
 * @returns the offset after it; undefined when the text ends before that
 */
export function endOfContainer(text: string, scan: Scan): number | 'too_deep' | undefined {
  for (; scan.at < text.length; scan.at++) {
    switch (text.charCodeAt(scan.at)) {
      case QUOTE: {
        const end = endOfString(text, scan.at);
        if (end === undefined) return undefined;
        scan.at = end - 1;
        break;
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (++scan.depth > MOST_LEVELS) return 'too_deep';
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        if (--scan.depth === 0) return scan.at + 1;
        break;
      case COLON:
        if (scan.depth === 1) scan.names++;
        break;
    }
  }
  return undefined;
}

/** @returns the offset after the string that begins at `at`; undefined when the text ends before that */
export function endOfString(text: string, at: number): number | undefined {
  let end = text.indexOf('"', at + 1);
  for (; end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    // An even number of backslashes escape each other.
    if ((end - before) % 2 === 1) return end + 1;
  }
  return undefined;
}

/** @returns the offset after a number or a word; undefined when the text ends with it */
export function endOfScalar(text: string, at: number): number | undefined {
  const AFTER = /[\s,[\]{}:"]/g;
  AFTER.lastIndex = at + 1;
  return AFTER.test(text) ? AFTER.lastIndex - 1 : undefined;
}
