import { localeOf } from './locale.ts';

const PLURALS = new Intl.PluralRules('ru');

/** @example counted(2, 'person', 'people') → 2 people */
export function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString(localeOf('en'))} ${n === 1 ? one : many}`;
}

/** @example countedRu(2, 'человек', 'человека', 'человек') → 2 человека */
export function countedRu(n: number, one: string, few: string, many: string): string {
  return `${n.toLocaleString(localeOf('ru'))} ${pluralRu(n, one, few, many)}`;
}

export function pluralRu(n: number, one: string, few: string, many: string): string {
  const form = PLURALS.select(n);
  return form === 'one' ? one : form === 'few' ? few : many;
}
