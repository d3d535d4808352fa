/** A row of the source under the key that it is sorted by; major and minor are below 2³². */
export interface KeyedRow {
  major: number;
  minor: number;
  seq: number;
  line: number;
}

export type Run = Iterator<KeyedRow>;

interface Head {
  row: KeyedRow;
  run: Run;
  /** Number of the run: of equal rows the one of the earlier run comes first. */
  place: number;
}

export function* mergeRuns(runs: readonly Run[]): Generator<KeyedRow> {
  const heap: Head[] = [];
  for (const [place, run] of runs.entries()) {
    const { done, value } = run.next();
    if (!done) heap.push({ row: value, run, place });
  }
  for (let i = Math.floor(heap.length / 2) - 1; i >= 0; i--) sink(heap, i);
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    yield first.row;
    const { done, value } = first.run.next();
    if (!done) first.row = value;
    else {
      const last = heap.pop();
      if (last === undefined || last === first) return;
      heap[0] = last;
    }
    sink(heap, 0);
  }
}

function sink(heap: Head[], from: number): void {
  const head = heap[from];
  if (head === undefined) return;
  let at = from;
  for (;;) {
    let below = 2 * at + 1;
    let next = heap[below];
    if (next === undefined) break;
    const right = heap[below + 1];
    if (right !== undefined && comesBefore(right, next)) {
      next = right;
      below++;
    }
    if (!comesBefore(next, head)) break;
    heap[at] = next;
    at = below;
  }
  heap[at] = head;
}

function comesBefore(a: Head, b: Head): boolean {
  return (a.row.major - b.row.major || a.row.minor - b.row.minor || a.place - b.place) < 0;
}
