/**
 * A text by its code, with what fills it. This is what is stored: the words are in the message
 * catalogue, in each language.
 */
export interface CodedText<Code extends string = string> {
  readonly code: Code;
  readonly params: Readonly<Record<string, string | number>>;
}

/** @returns words that have no code, as they are: those of the portal, or of an older version */
export const verbatim = (text: string): CodedText<'verbatim'> => ({
  code: 'verbatim',
  params: { text },
});
