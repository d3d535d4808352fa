/** What may stand between two words of a statement. */
const SPACE = '[\\s()\'"`*@+.~!\\d{}-]+';
const START = '(?<![a-z0-9_-])';
const END = '(?![a-z_])';

/** Patterns whose groups are separated by a space (published module `security`, its auditors). */
const SQL = [
  `${START}(sel)(ect${SPACE}.+${SPACE}fr)(om)${END}`,
  `${START}(sel)(ect${SPACE}fr)(om)${END}`,
  `${START}(uni)(on${SPACE}.+${SPACE}sel)(ect)${END}`,
  `${START}(uni)(on${SPACE}sel)(ect)${END}`,
  `${START}(fr)(om${SPACE}.+${SPACE}wh)(ere)${END}`,
  `${START}(ins)(ert${SPACE}in)(to)${END}`,
  `${START}(upd)(ate${SPACE}.+${SPACE}se)(t)${END}`,
  `${START}(dr)(op${SPACE}(?:database|table|index|view))()${END}`,
];
const HTML = [
  '(<s)(cript)()',
  '(<if)(rame)()',
  '(<ob)(ject)()',
  '(java)(script:)()',
  '\\b(on)(\\w+\\s*=)()',
];

const PATTERNS = [...SQL, ...HTML].map((pattern) => new RegExp(pattern, 'gis'));

/**
 * Changes a text as the proactive filter of a self-hosted portal does: it puts spaces into words that
 * look like SQL or HTML, such as `select * from` → `sel ect * fr om`.
 */
export function filterProactively(text: string): string {
  let filtered = text;
  for (const pattern of PATTERNS) {
    filtered = filtered.replace(pattern, (_, ...groups: string[]) =>
      groups
        .slice(0, 3)
        .filter((group) => group !== '')
        .join(' '),
    );
  }
  return filtered;
}
