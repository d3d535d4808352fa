/** Longest text that the portal does not cut off (the server's own module; no page states it). */
export const MAX_MESSAGE_CHARACTERS = 20_000;

/** @returns the number of characters (code points) of a text; an emoji counts as one */
export const countCharacters = (text: string): number => [...text].length;

/** @returns whether a text has more than `most` characters */
export const hasMoreCharacters = (text: string, most: number): boolean =>
  // A character takes at least one unit: most texts need not be counted.
  text.length > most && countCharacters(text) > most;

/** @returns whether the portal would cut off a part of the text */
export const isMessageTooLong = (text: string): boolean =>
  hasMoreCharacters(text, MAX_MESSAGE_CHARACTERS);
