import { localeOf } from './locale.ts';

/** @example counted(2, 'person', 'people') → 2 people */
export function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString(localeOf('en'))} ${n === 1 ? one : many}`;
}
