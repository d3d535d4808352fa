import type { Language } from './in-both.ts';

/** Somebody who reads English in Berlin wants 24 hours and the day before the month. */
export function localeOf(language: Language): string {
  return navigator.languages.find((locale) => locale.split('-')[0] === language) ?? language;
}

/** What the browser asks for, English when it is neither. */
export function languageOfBrowser(): Language {
  const known = navigator.languages.find((locale) => /^(en|ru)\b/.test(locale));
  return known?.startsWith('ru') ? 'ru' : 'en';
}
