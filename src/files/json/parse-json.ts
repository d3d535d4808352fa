/** A number that JavaScript would change, such as one with twenty digits or `2.000`, as it is written. */
export class WrittenNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Numbers that can look different afterwards. The match can also be part of a string. */
const CHANGEABLE = /\d{16}|\d[.eE][-+\d]|-0/;

/** @returns the value; undefined when the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return CHANGEABLE.test(text) ? JSON.parse(text, keepNumber) : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `JSON.parse` passes the text of a number as third argument, which its types do not have yet. */
function keepNumber(...[, value, context]: unknown[]): unknown {
  if (typeof value !== 'number') return value;
  const { source } = Object(context);
  const isSame = typeof source !== 'string' || source === String(value);
  return isSame ? value : new WrittenNumber(source);
}
