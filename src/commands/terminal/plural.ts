/** @example counted(1, 'invitation') // '1 invitation'; counted(1200, 'person', 'people') // '1,200 people' */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
