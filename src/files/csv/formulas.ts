/** Start of a formula, including full-width forms, and quotes before it that a spreadsheet can remove. */
const START = /^(?=['"]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r])/;
/** The same where a spreadsheet with another list separator begins a new cell; quotes do not help there. */
const PART = /[;,\t\n\r](?=['"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const ESCAPED_START = /^'(?=['"]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r])/;
const ESCAPED_PART = /([;,\t\n\r])'(?=['"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * Prevents a spreadsheet from running a cell, or a part of it after `;`, `,`, a tab or a line end, as a
 * formula. A spreadsheet that uses the semicolon as list separator splits our cells there.
 *
 * @returns the cell with `'` before each part that would begin a formula
 */
export const escapeFormulas = (cell: string): string =>
  cell.replace(PART, "$&'").replace(START, "'");

/** Reverses {@link escapeFormulas}. */
export const unescapeFormulas = (cell: string): string =>
  cell.replace(ESCAPED_START, '').replace(ESCAPED_PART, '$1');
