const BLANKS = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

/** What can come next: after `{` or `[`, also its end. */
type Expected = 'value' | 'first_value' | 'name' | 'first_name' | 'colon' | 'separator';

/**
 * Finds where a text stops being JSON. `JSON.parse` names no position for some errors, and others only in words.
 *
 * @returns the offset of the first character that cannot follow what precedes it; of a faulty string, its quote;
 * the length of the text where only its end is missing; undefined for valid JSON
 */
export function findJsonFault(text: string): number | undefined {
  const open: ('}' | ']')[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ; ) {
    at = endOf(BLANKS, text, at) ?? at;
    const character = text[at];
    if (expected === 'separator' && open.length === 0)
      return character === undefined ? undefined : at;
    if (character === undefined) return at;
    const mayClose = expected === 'separator' || expected.startsWith('first_');
    if (mayClose && character === open.at(-1)) {
      open.pop();
      expected = 'separator';
      at++;
      continue;
    }
    const next = after(expected, text, at, open);
    if (next === undefined) return at;
    [at, expected] = next;
  }
}

/** @returns the offset after the token at `at`, and what can follow; undefined when it is not expected there */
function after(
  expected: Expected,
  text: string,
  at: number,
  open: ('}' | ']')[],
): [at: number, Expected] | undefined {
  switch (expected) {
    case 'colon':
      return text[at] === ':' ? [at + 1, 'value'] : undefined;
    case 'separator':
      if (text[at] !== ',') return undefined;
      return [at + 1, open.at(-1) === '}' ? 'name' : 'value'];
    case 'name':
    case 'first_name': {
      const end = endOf(STRING, text, at);
      return end === undefined ? undefined : [end, 'colon'];
    }
    case 'value':
    case 'first_value': {
      if (text[at] === '{' || text[at] === '[') {
        open.push(text[at] === '{' ? '}' : ']');
        return [at + 1, text[at] === '{' ? 'first_name' : 'first_value'];
      }
      const end = endOf(STRING, text, at) ?? endOf(SCALAR, text, at);
      return end === undefined ? undefined : [end, 'separator'];
    }
    default:
      return expected satisfies never;
  }
}

function endOf(token: RegExp, text: string, at: number): number | undefined {
  token.lastIndex = at;
  return token.test(text) ? token.lastIndex : undefined;
}
