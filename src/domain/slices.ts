/** @returns the items in lists of at most `size` */
export function inSlices<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** @returns the items in lists of a total weight of at most `most`; a heavier item is a list by itself */
export function inLoads<T>(items: readonly T[], weight: (item: T) => number, most: number): T[][] {
  const loads: T[][] = [];
  let free = 0;
  for (const item of items) {
    const weighs = weight(item);
    if (weighs > free) {
      loads.push([]);
      free = most;
    }
    loads.at(-1)?.push(item);
    free -= weighs;
  }
  return loads;
}
