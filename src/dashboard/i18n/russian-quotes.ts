type Params = Readonly<Record<string, string | number>>;

/** Words of others, which stay as they are. */
const VERBATIM = new Set(['said', 'text']);
const PLAIN = /^[^“”]*(?:“[^“”]*”[^“”]*)*$/;

/** @returns the parameters of a text with values in Russian quotes: «text» in place of “text” */
export const inRussianQuotes = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' || VERBATIM.has(name) ? value : requote(value),
    ]),
  );

/** A value with such quotes of its own changes only around it. */
function requote(text: string): string {
  if (PLAIN.test(text)) return text.replaceAll('“', '«').replaceAll('”', '»');
  return /^“.*”$/s.test(text) ? `«${text.slice(1, -1)}»` : text;
}
