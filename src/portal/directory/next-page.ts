/**
 * @param value the `next` of an answer ("Get a List of Users by Filter")
 * @returns where the next page of a list begins, or undefined when there is none
 */
export function readNext(value: unknown): number | undefined {
  const next = typeof value === 'string' ? Number(value) : value;
  return typeof next === 'number' && Number.isInteger(next) && next > 0 ? next : undefined;
}
