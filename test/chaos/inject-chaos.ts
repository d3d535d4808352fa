import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, PASSING_FAULTS } from '../../src/sandbox/faults.ts';
import type { Random } from '../../src/sandbox/state/random.ts';
import type { Program } from '../support/program.ts';

/** What mischief is done to. */
export interface FaultTarget {
  program: Program;
  /** Makes the portal misbehave, in place of what it did before. */
  setFaults(...faults: Fault[]): Promise<void>;
  /** Lets all requests go that wait at the portal's gate. */
  openGate(): Promise<void>;
  /** The process of `run`, whichever it is now. */
  runner: () => ChildProcess | undefined;
  /** Cuts everybody off from the ledger for some milliseconds, where that is a server. */
  loseLedger?: (forMs: number) => Promise<void>;
}

type FaultInjector = (target: FaultTarget, random: Random) => Promise<void>;

const portalFault: FaultInjector = async ({ setFaults }, random) => {
  const kinds = PASSING_FAULTS.toSorted(() => random() - 0.5).slice(
    0,
    1 + Math.floor(random() * 3),
  );
  const faults = kinds.map((kind) => ({
    kind,
    probability: 0.3 + random() * 0.7,
    times: 1 + Math.floor(random() * 4),
    ...(kind === 'slow' ? { seconds: 0.5 + random() } : {}),
  }));
  await setFaults(...faults);
};

const MISCHIEF = {
  portalFault,
  /** Holds what is not executed yet for a moment, and answers until their client has given up. */
  stallPortal: async ({ setFaults, openGate }, random) => {
    await setFaults({ kind: 'gate', times: 2 }, { kind: 'gate_answer', times: 4 });
    await sleep(random() * 1_000);
    await setFaults({ kind: 'gate_answer', times: 4 });
    await openGate();
    await sleep(random() * 8_000);
    await setFaults();
    await openGate();
  },
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
  /** Until somebody says that it works again. */
  revokedWebhook: async ({ setFaults, program }, random) => {
    await setFaults({ kind: 'auth' });
    await sleep(300 + random() * 1_000);
    await setFaults();
    await program.call('resume', '1');
  },
  loseLedger: async ({ loseLedger }, random) => loseLedger?.(random() * 3_000),
} satisfies Record<string, FaultInjector>;

export type FaultName = keyof typeof MISCHIEF;

const isName = (text: string): text is FaultName => text in MISCHIEF;

/** All that can be done, by name. */
export const MISCHIEF_NAMES: readonly FaultName[] = Object.keys(MISCHIEF).filter(isName);

/** @returns the name of something bad, which can be done to this victim */
export function chooseFault({ loseLedger }: FaultTarget, random: Random): FaultName {
  const names = MISCHIEF_NAMES.filter(
    (name) => name !== 'loseLedger' || loseLedger !== undefined,
  ).concat('portalFault', 'portalFault');
  return names[Math.floor(random() * names.length)] ?? 'portalFault';
}

/** Does something bad; resolves when it is over. */
export function injectFault(name: FaultName, target: FaultTarget, random: Random): Promise<void> {
  return MISCHIEF[name](target, random);
}
