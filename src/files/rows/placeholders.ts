/** What databases, programming languages and statistics write where there is nothing. */
const NOTHING =
  /^(?:[([<]?null[)\]>]?|\\n|none|nan|nil|undefined|#?n\/a|#?н\/д|\[object object\])$/iu;
/** Errors of spreadsheets in several languages, and a column that is too narrow for its number. */
const ERROR = /^(?:#(?:n\/d|nv|н\/д)!?|#[¡¿]?[\p{Lu}\d/_]+[!?]|#{2,}|err:\d{3})$/iu;

/** How all of these begin: most texts are none. */
const START = /^[#([<\\nueн]/i;

/** Most characters of such a text. */
const LONGEST = 20;

/**
 * Whether a cell holds what a program writes instead of a value: `NULL` and `\N` of a database, `#N/A`,
 * `#Н/Д` and `#REF!` of a spreadsheet. Nobody means such a text.
 */
export const isPlaceholder = (text: string): boolean =>
  text.length <= LONGEST && START.test(text) && (NOTHING.test(text) || ERROR.test(text));
