import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, PASSING_FAULTS } from '../../src/sandbox/faults.ts';
import type { Random } from '../../src/sandbox/state/random.ts';
import type { Program } from '../support/program.ts';

/** Processes and portal that faults are injected into. */
export interface FaultTarget {
  program: Program;
  /** Replaces the faults of the portal. */
  setFaults(...faults: Fault[]): Promise<void>;
  /** Releases all requests that wait at the portal's gate. */
  openGate(): Promise<void>;
  /** @returns the current process of `run` */
  runner: () => ChildProcess | undefined;
  /** Makes the ledger unavailable for some milliseconds; only for a ledger on a server. */
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

const INJECTORS = {
  portalFault,
  /** Holds requests for a moment before they are executed, and answers until the client gives up. */
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
  killedWorker: async ({ program }, random) => {
    const { child } = program.start('worker');
    await sleep(500 + random() * 1_500);
    child.kill('SIGKILL');
  },
  pauseAndResume: async ({ program }, random) => {
    await program.call('pause', '1');
    await sleep(random() * 500);
    await program.call('resume', '1');
  },
  /** Ends when a user resumes the import. */
  revokedWebhook: async ({ setFaults, program }, random) => {
    await setFaults({ kind: 'auth' });
    await sleep(300 + random() * 1_000);
    await setFaults();
    await program.call('resume', '1');
  },
  loseLedger: async ({ loseLedger }, random) => loseLedger?.(random() * 3_000),
} satisfies Record<string, FaultInjector>;

export type FaultName = keyof typeof INJECTORS;

const isName = (text: string): text is FaultName => text in INJECTORS;

/** Names of all faults. */
export const FAULT_NAMES: readonly FaultName[] = Object.keys(INJECTORS).filter(isName);

/** @returns the name of a random fault that this target supports */
export function chooseFault({ loseLedger }: FaultTarget, random: Random): FaultName {
  const names = FAULT_NAMES.filter(
    (name) => name !== 'loseLedger' || loseLedger !== undefined,
  ).concat('portalFault', 'portalFault');
  return names[Math.floor(random() * names.length)] ?? 'portalFault';
}

/** Injects a fault; resolves when the fault is over. */
export function injectFault(name: FaultName, target: FaultTarget, random: Random): Promise<void> {
  return INJECTORS[name](target, random);
}
