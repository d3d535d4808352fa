import type { Language } from './in-both.ts';

/** The browser's own variant: English in Berlin has 24 hours and the day before the month. */
export function localeOf(language: Language): string {
  return navigator.languages.find((locale) => locale.split('-')[0] === language) ?? language;
}

/** The browser's language; English when it is neither of the two. */
export function languageOfBrowser(): Language {
  const known = navigator.languages.find((locale) => /^(en|ru)\b/.test(locale));
  return known?.startsWith('ru') ? 'ru' : 'en';
}
