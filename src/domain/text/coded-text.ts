/** A text as code and parameters, as it is stored; the message catalogue has the words. */
export interface CodedText<Code extends string = string> {
  readonly code: Code;
  readonly params: Readonly<Record<string, string | number>>;
}

/** @returns a text without a code, unchanged: the portal's own text, or that of an older version */
export const verbatim = (text: string): CodedText<'verbatim'> => ({
  code: 'verbatim',
  params: { text },
});
