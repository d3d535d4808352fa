export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The texts of one part of the page in both languages; the English ones define the keys. */
export interface InBoth<Texts> {
  en: Texts;
  ru: Texts;
}

export const inBoth = <Texts>(en: Texts, ru: NoInfer<Texts>): InBoth<Texts> => ({ en, ru });
