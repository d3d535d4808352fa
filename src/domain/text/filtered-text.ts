/**
 * What the filter of a self-hosted portal looks for ("Proactive filter", published module `security`): statements of
 * SQL by two words in this order, elements and handlers of HTML, addresses with script.
 */
const STATEMENTS: readonly (readonly [first: RegExp, then: RegExp])[] = [
  [/\bselect\b/i, /\bfrom\b/i],
  [/\bunion\b/i, /\bselect\b/i],
  [/\bfrom\b/i, /\bwhere\b/i],
  [/\binsert\b/i, /\binto\b/i],
  [/\bupdate\b/i, /\bset\b/i],
];
const SUSPECT = [
  /\bdrop\s+(database|table|index|view)\b/i,
  /<[\s/]*[a-z!]/i,
  /\bon\w+\s*=/i,
  /javascript:/i,
];

/**
 * Whether a self-hosted portal may change the text before it sends it, as `select * from` becomes
 * `sel ect * fr om`. It names rather too many texts than too few: the portal's rules differ.
 */
export const mayBeFiltered = (text: string): boolean =>
  SUSPECT.some((pattern) => pattern.test(text)) ||
  STATEMENTS.some(([first, then]) => {
    const at = text.search(first);
    return at >= 0 && then.test(text.slice(at));
  });
