/** What begins a formula, full-width twins included, with quotes before it that a spreadsheet may take away. */
const START = /^(?=['"]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r])/;
/** The same where some spreadsheet begins a new cell: with another list separator than ours, quotes do not help. */
const PART = /[;,\t\n\r](?=['"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const ESCAPED_START = /^'(?=['"]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r])/;
const ESCAPED_PART = /([;,\t\n\r])'(?=['"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * Keeps a spreadsheet from running a cell, or a part of it that begins after `;`, `,`, a tab or a line end: a
 * spreadsheet whose list separator is the semicolon divides our cells there.
 *
 * @returns the cell with `'` before each part that would begin a formula
 */
export const escapeFormulas = (cell: string): string =>
  cell.replace(PART, "$&'").replace(START, "'");

/** @returns what {@link escapeFormulas} was given */
export const unescapeFormulas = (cell: string): string =>
  cell.replace(ESCAPED_START, '').replace(ESCAPED_PART, '$1');
