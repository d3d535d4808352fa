import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { FAULT_KINDS } from '../../src/sandbox/faults.ts';
import type { Random } from '../../src/sandbox/random.ts';
import type { Program } from '../support/program.ts';

/** What mischief is done to. */
export interface Victim {
  program: Program;
  origin: string;
  /** The process of `run`, whichever it is now. */
  runner: () => ChildProcess | undefined;
  /** Cuts everybody off from the ledger for some milliseconds, where that is a server. */
  loseLedger?: (forMs: number) => Promise<void>;
}

type Mischief = (victim: Victim, random: Random) => Promise<void>;

const post = (origin: string, path: string, body: unknown) =>
  fetch(`${origin}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });

const portalFault: Mischief = async ({ origin }, random) => {
  const kinds = FAULT_KINDS.toSorted(() => random() - 0.5).slice(0, 1 + Math.floor(random() * 3));
  const faults = kinds.map((kind) => ({
    kind,
    probability: 0.3 + random() * 0.7,
    times: 1 + Math.floor(random() * 4),
    ...(kind === 'slow' ? { seconds: 0.5 + random() } : {}),
  }));
  await post(origin, 'faults', faults);
};

const MISCHIEF: Readonly<Record<string, Mischief>> = {
  portalFault,
  portalFaultAgain: portalFault,
  portalFaultOnceMore: portalFault,
  killRun: async ({ runner }) => void runner()?.kill('SIGKILL'),
  endRun: async ({ runner }) => void runner()?.kill('SIGTERM'),
  killRedis: ({ program }) => program.killRedis(),
  flushRedis: ({ program }) => program.withRedis((redis) => redis.flushall()),
  freezeRun: async ({ runner }, random) => {
    const child = runner();
    child?.kill('SIGSTOP');
    await sleep(500 + random() * 3_000);
    child?.kill('SIGCONT');
  },
  secondWorker: async ({ program }) => void program.start('worker'),
  workerThatDies: async ({ program }, random) => {
    const { child } = program.start('worker');
    await sleep(500 + random() * 1_500);
    child.kill('SIGKILL');
  },
  pauseAndResume: async ({ program }, random) => {
    await program.call('pause', '1');
    await sleep(random() * 500);
    await program.call('resume', '1');
  },
  revokedWebhook: async ({ origin }, random) => {
    await post(origin, 'faults', [{ kind: 'auth' }]);
    await sleep(300 + random() * 1_000);
    await fetch(`${origin}/sandbox/faults`, { method: 'DELETE' });
  },
};

const loseLedger: Mischief = async ({ loseLedger: lose }, random) => lose?.(random() * 3_000);

/** Does something bad. @returns its name */
export async function doMischief(victim: Victim, random: Random): Promise<string> {
  const all = victim.loseLedger === undefined ? MISCHIEF : { ...MISCHIEF, loseLedger };
  const names = Object.keys(all);
  const name = names[Math.floor(random() * names.length)] ?? 'portalFault';
  await all[name]?.(victim, random);
  return name.replace(/(Again|OnceMore)$/, '');
}
