import type { CodedText } from '../../domain/text/coded-text.ts';

/** @returns what a column holds for texts: JSON, or null for none */
export const writeTexts = (texts: readonly CodedText[] = []): string | null =>
  texts.length === 0 ? null : JSON.stringify(texts);

/** @returns the texts of a column */
export const readTexts = (column: string | null): CodedText[] =>
  column === null ? [] : JSON.parse(column);
