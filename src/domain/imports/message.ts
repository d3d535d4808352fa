/**
 * The portal cuts the text of an invitation off after so many characters (the server's own module;
 * "Invite users to group" does not say).
 */
export const MAX_MESSAGE_CHARACTERS = 20_000;

/** @returns how many characters a text has, as people count; an emoji is one */
export const countCharacters = (text: string): number => [...text].length;

/** @returns whether a text has more characters than that */
export const hasMoreCharacters = (text: string, most: number): boolean =>
  // A character takes at least one unit: most texts need not be counted.
  text.length > most && countCharacters(text) > most;

/** @returns whether the portal would cut off a part of the text */
export const isMessageTooLong = (text: string): boolean =>
  hasMoreCharacters(text, MAX_MESSAGE_CHARACTERS);
