const PLURALS = new Intl.PluralRules('ru');

/** @example countedRu(2, 'человек', 'человека', 'человек') → 2 человека */
export function countedRu(n: number, one: string, few: string, many: string): string {
  return `${n.toLocaleString('ru')} ${pluralRu(n, one, few, many)}`;
}

export function pluralRu(n: number, one: string, few: string, many: string): string {
  const form = PLURALS.select(n);
  return form === 'one' ? one : form === 'few' ? few : many;
}
