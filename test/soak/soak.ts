import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../../src/sandbox/state/random.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import { ApiClient } from './api-client.ts';
import { ExpectedResults, OLD_MS } from './expected-results.ts';
import { Files } from './files.ts';
import { FaultInjector } from './inject-faults.ts';
import { type Installation, openInstallation } from './installation.ts';
import { readLogs } from './logs.ts';
import { SimulatedUsers } from './people.ts';
import { type Figure, Samples } from './soak-samples.ts';
import type { Point } from './trend.ts';
import { Watchers } from './watchers.ts';

const SAMPLE_MS = 2_000;
const POLL_MS = 1_000;
const PURGE_MS = 20_000;
const PUBLISH_MS = 30_000;
/** Longest time until all imports end after the last fault. */
const TIMEOUT_MS = 180_000;
/** Enough groups for all pairs to be new. */
const GROUPS_PER_MINUTE = 80;
const SUBSCRIBERS = 5;
const POLLERS = 3;

export interface SoakOptions {
  minutes: number;
  ledger: 'sqlite' | 'postgres';
  seed: number;
  /** Ends the soak early. */
  signal: AbortSignal;
  progress: (line: string) => void;
}

export interface SoakReport {
  ledger: string;
  seed: number;
  seconds: number;
  figures: Figure[];
  /** Errors; empty if there are none. */
  wrong: string[];
  examined: number;
  invitations: number;
  events: number;
  polls: number;
  connections: number;
  ended: Record<string, number>;
  outcomes: Record<string, number>;
  actions: Record<string, number>;
  faults: Record<string, number>;
  answers: Record<string, number>;
  warnings: Record<string, number>;
  points: Record<string, Record<number, Point[]>>;
}

/** Runs an installation under load and faults for some time, then checks its results and its resources. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { minutes, ledger, seed, progress } = options;
  const random = seededRandom(seed);
  const wrong: string[] = [];
  const onWrong = (what: string) => {
    if (!wrong.includes(what)) wrong.push(what);
    progress(`WRONG: ${what.slice(0, 1_500)}`);
  };
  const groups = Math.ceil(500 + minutes * GROUPS_PER_MINUTE);
  await using installation = await openInstallation({ ledger, groups, reportError: onWrong });
  const secret = new URL(installation.portal.webhookUrl).pathname.split('/')[3] ?? '';
  const apiClient = new ApiClient(installation.server.origin, secret, onWrong);
  const expectedResults = new ExpectedResults(apiClient, onWrong);
  const files = new Files(random, groups);
  const users = new SimulatedUsers({ apiClient, files, expectedResults, random }, onWrong);
  const watchers = new Watchers(apiClient, random);
  const faultInjector = new FaultInjector(installation, random);
  const samples = new Samples(installation);

  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  const over = AbortSignal.any([options.signal, AbortSignal.timeout(minutes * 60_000)]);
  const samplesOver = new AbortController();
  let unfinished = 0;
  const poll = async () => {
    const left = await expectedResults.poll();
    if (left !== undefined) unfinished = left.length;
    return left;
  };
  const pauseMs = Math.min(20_000, Math.max(6_000, minutes * 1_000));
  const sampling = every(SAMPLE_MS, samplesOver.signal, () => samples.take());
  const working = [
    users.uploadFiles(over, () => unfinished),
    users.sendActions(over),
    faultInjector.disturbPortal(over),
    faultInjector.disturbProcesses(over, () => seconds() / (minutes * 60), pauseMs),
    ...Array.from({ length: SUBSCRIBERS }, () => watchers.subscribe(over)),
    ...Array.from({ length: POLLERS }, () => watchers.poll(over)),
    every(POLL_MS, over, poll),
    every(PURGE_MS, over, () => purge(installation, expectedResults.seenUntil, onWrong)),
    every(PUBLISH_MS, over, async () => {
      const { now, events } = watchers.counts;
      progress(
        `${expectedResults.examined} imports ended, ${unfinished} unfinished, ${now} subscribers, ${events} events`,
      );
    }),
  ];
  await Promise.all(working);
  samplesOver.abort();
  await sampling;
  progress('no more faults');

  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const left = await poll();
    if (left?.length === 0) break;
    if (Date.now() > deadline) {
      const names = left?.map(({ id, fileName, state }) => `${id} · ${fileName} is ${state}`);
      onWrong(`no end within ${TIMEOUT_MS / 1_000} s: ${names?.join(', ')}`);
      break;
    }
    await users.continueAll(left ?? []);
    await sleep(500);
  }
  const truth: Truth = (await (
    await fetch(`${installation.portal.origin}/sandbox/truth`)
  ).json()) as Truth;
  expectedResults.compare(truth);
  await Promise.all(
    [installation.server, ...installation.workers].map((member) => member.end('SIGTERM')),
  );
  const logs = await readLogs(join(installation.folder, 'logs'), secret);
  for (const line of new Set(logs.wrong)) onWrong(line);
  return {
    ...{ ledger, seed, seconds: Math.round(seconds()), wrong, figures: samples.figures() },
    examined: expectedResults.examined,
    invitations: truth.invitationsSent,
    events: watchers.counts.events,
    polls: watchers.counts.polls,
    connections: watchers.counts.connections,
    ended: sorted(expectedResults.ended),
    outcomes: sorted(expectedResults.outcomes),
    actions: sorted(users.done),
    faults: sorted(faultInjector.done),
    answers: sorted(apiClient.answers),
    warnings: Object.fromEntries(logs.messages),
    points: samples.points,
  };
}

/** Calls `act` repeatedly with a pause of `ms` milliseconds, until the signal aborts. */
async function every(ms: number, signal: AbortSignal, act: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    await act();
    await sleep(ms, undefined, { signal }).catch(() => {});
  }
}

async function purge(
  { environment }: Installation,
  seenUntil: number,
  onWrong: (what: string) => void,
): Promise<void> {
  const endedBefore = Math.min(Date.now() - OLD_MS, seenUntil);
  const script = fileURLToPath(new URL('purge-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, String(endedBefore)], {
    detached: true,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let reported = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (reported += text));
  const [code] = await once(child, 'close');
  if (code !== 0) onWrong(`purge ended with ${code}: ${reported.slice(-500)}`);
}

const sorted = (counts: ReadonlyMap<string | number, number>): Record<string, number> =>
  Object.fromEntries(
    [...counts].toSorted(([one], [other]) => String(one).localeCompare(String(other), 'en')),
  );
