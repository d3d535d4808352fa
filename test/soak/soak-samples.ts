import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { ADMIN, type Installation } from './installation.ts';
import type { SupervisedProcess } from './supervised-process.ts';
import { judge, type Point, type Rule, type Trend } from './trend.ts';

const MB = 1024 ** 2;
/** Shortest time for a verdict on memory: a process is slow to release it. */
const MEMORY_SECONDS = 300;
const OTHER_SECONDS = 60;

type Measure =
  | 'RSS'
  | 'heap'
  | 'handles'
  | 'threads'
  | 'loop delay'
  | 'keys'
  | 'memory'
  | 'size'
  | 'rows';

const RULES: Readonly<Record<Measure, Rule & { unit: string }>> = {
  RSS: { unit: 'MB', floor: 24, leastSeconds: MEMORY_SECONDS, canReturn: true },
  heap: { unit: 'MB', floor: 12, leastSeconds: MEMORY_SECONDS },
  handles: { unit: '', floor: 8, leastSeconds: OTHER_SECONDS },
  // As many as the ingest threads: they start when they are needed, and a long import keeps one.
  threads: { unit: '', floor: 11, leastSeconds: OTHER_SECONDS },
  'loop delay': { unit: 'ms', floor: 50, leastSeconds: OTHER_SECONDS },
  keys: { unit: '', floor: 100, leastSeconds: OTHER_SECONDS },
  memory: { unit: 'MB', floor: 4, leastSeconds: OTHER_SECONDS },
  size: { unit: 'MB', floor: 16, leastSeconds: OTHER_SECONDS },
  // Rows disappear when an import is purged, many at once for a large one: five minutes have too few purges.
  rows: { unit: '', floor: 20_000, leastSeconds: MEMORY_SECONDS },
};

/** A figure of one part of the installation, over the longest run of that part. */
export interface Figure extends Trend {
  part: string;
  measure: Measure;
  unit: string;
  floor: number;
  /** Duration of that run, in seconds. */
  seconds: number;
}

/** Collects measurements of the installation. */
export class Samples {
  readonly #installation: Installation;
  /** By part and measure, then by run. */
  readonly #series = new Map<string, Map<number, Point[]>>();

  constructor(installation: Installation) {
    this.#installation = installation;
  }

  /** Takes all measurements that are currently possible. */
  async take(): Promise<void> {
    const { server, workers, redis } = this.#installation;
    await Promise.all([server, ...workers].map((member) => this.#takeProcess(member)));
    const memory = await redis.info('memory').catch(() => '');
    const used = /^used_memory:(\d+)/m.exec(memory)?.[1];
    if (used !== undefined) this.#add('Redis', 'memory', 1, Number(used) / MB);
    const keys = await redis.dbsize().catch(() => undefined);
    if (keys !== undefined) this.#add('Redis', 'keys', 1, keys);
    this.#add('ledger', 'size', 1, (await this.#installation.ledgerBytes()) / MB);
  }

  /** @returns the trend of each figure */
  figures(): Figure[] {
    return [...this.#series].map(([name, runs]) => {
      const [part = '', measure = ''] = name.split(' · ');
      const { unit, ...rule } = RULES[measure as Measure];
      const lengthOf = (points: Point[]) => (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
      const [longest = []] = [...runs.values()].toSorted((a, b) => lengthOf(b) - lengthOf(a));
      const seconds = Math.round(lengthOf(longest) / 1_000);
      const { floor } = rule;
      return { part, measure: measure as Measure, unit, floor, seconds, ...judge(longest, rule) };
    });
  }

  /** All points, for example for a chart. */
  get points(): Record<string, Record<number, Point[]>> {
    return Object.fromEntries(
      [...this.#series].map(([name, runs]) => [name, Object.fromEntries(runs)]),
    );
  }

  async #takeProcess({ name, pid, run, origin }: SupervisedProcess): Promise<void> {
    if (pid === undefined) return;
    const status = read(`/proc/${pid}/status`);
    const rss = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    const threads = /^Threads:\s+(\d+)/m.exec(status)?.[1];
    if (rss === undefined || threads === undefined) return;
    this.#add(name, 'RSS', run, Number(rss) / 1024);
    this.#add(name, 'threads', run, Number(threads));
    this.#add(name, 'handles', run, openHandles(pid));
    const metrics = await scrape(origin);
    const heap = metrics.get('nodejs_heap_size_used_bytes');
    if (heap !== undefined) this.#add(name, 'heap', run, heap / MB);
    const delay = metrics.get('nodejs_eventloop_lag_p99_seconds');
    if (delay !== undefined) this.#add(name, 'loop delay', run, delay * 1_000);
    const pairs = [...metrics].filter(([metric]) => metric.startsWith('bulk_invite_pairs{'));
    if (pairs.length > 0) {
      this.#add(
        'ledger',
        'rows',
        1,
        pairs.reduce((sum, [, count]) => sum + count, 0),
      );
    }
  }

  #add(part: string, measure: Measure, run: number, value: number): void {
    const name = `${part} · ${measure}`;
    const runs = this.#series.get(name) ?? new Map<number, Point[]>();
    this.#series.set(name, runs);
    const points = runs.get(run) ?? [];
    runs.set(run, points);
    points.push({ at: Date.now(), value });
  }
}

/** @returns the content; empty when the process is gone */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * The number of open files and sockets. The pipes and events of a thread's loop do not count: threads have
 * a figure of their own, and an ingest thread that starts brings five of these.
 */
function openHandles(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).filter((name) => /^(?:socket:|\/)/.test(target(`${folder}/${name}`)))
      .length;
  } catch {
    return 0;
  }
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // Closed since the folder was read.
    return '';
  }
}

async function scrape(origin: string): Promise<Map<string, number>> {
  try {
    const headers = { authorization: `Bearer ${ADMIN}` };
    const signal = AbortSignal.timeout(10_000);
    const answer = await fetch(`${origin}/metrics`, { headers, signal });
    const lines = (await answer.text()).split('\n').filter((line) => /^[a-z]/.test(line));
    return new Map(
      lines.map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
    );
  } catch {
    return new Map();
  }
}
