import type { Random } from './state/random.ts';

/** What can go wrong with a request. */
export const FAULT_KINDS = [
  /** Nothing executed, the connection is destroyed. */
  'drop_before',
  /** Executed, then the connection is destroyed. */
  'drop_after',
  /** Nothing executed, a gateway's page. */
  'html_502',
  /** Nothing executed, a gateway's page. */
  'html_503',
  /** Executed, but answered with a gateway's page. */
  'html_504',
  /** Executed, the answer breaks off in the middle of its body. */
  'cut_answer',
  /** Nothing executed, INTERNAL_SERVER_ERROR. */
  'error_500',
  /** Executed, but answered with INTERNAL_SERVER_ERROR. */
  'error_500_after',
  /** Nothing executed, QUERY_LIMIT_EXCEEDED. */
  'rate_limit',
  /** OPERATION_TIME_LIMIT for the call, in a batch for each command of the method. */
  'operating_limit',
  /** Nothing executed, ERROR_CORE for the call, in a batch for each command of the method. */
  'refuse',
  /** Adds server seconds before anything is executed. */
  'slow',
  /** Waits until the gate is opened, before anything is executed; costs no server seconds. */
  'gate',
  /** Executed; the answer waits until the gate is opened. */
  'gate_answer',
  /** Nothing executed, NO_AUTH_FOUND as for a revoked webhook. */
  'auth',
  /** Nothing executed, OVERLOAD_LIMIT. */
  'overload',
  /** One command of a batch is not executed and fails with ERROR_UNEXPECTED_ANSWER. */
  'command_error',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** The faults that end by themselves and, one after the other, use up no pair's attempts. */
export const PASSING_FAULTS: readonly FaultKind[] = FAULT_KINDS.filter(
  (kind) => kind !== 'gate' && kind !== 'gate_answer' && kind !== 'refuse',
);

/** A fault that a test injects. */
export interface Fault {
  kind: FaultKind;
  /** Probability that it strikes a request that it fits, 0..1. @default 1 */
  probability?: number;
  /** How often it still strikes. @default no limit */
  times?: number;
  /** Only requests that call this method, alone or in a batch. @default all */
  method?: string;
  /** For `slow`: the server seconds to add. @default 1 */
  seconds?: number;
}

/** The faults that strike one request. */
export interface Misfortune {
  /** Extra server seconds. */
  readonly slowSeconds: number;
  /** Whether it waits at the gate before it is executed. */
  readonly gate: boolean;
  /** Whether its answer waits at the gate. */
  readonly gateAnswer: boolean;
  /** The first fault that strikes, except those that only delay. */
  readonly fault?: Fault;
  /** For `command_error`: which of the batch's commands. */
  readonly command?: number;
}

/** What decides which faults fit a request. */
export interface Target {
  readonly isBatch: boolean;
  /** The method, or the methods of the batch's commands in their order. */
  readonly methods: readonly string[];
}

/** The faults for coming requests. */
export class Faults {
  readonly #random: Random;
  #list: Fault[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** @returns the faults in order, `times` counted down. */
  get list(): readonly Fault[] {
    return this.#list;
  }

  /** Replaces all faults. */
  set(faults: readonly Fault[]): void {
    this.#list = faults.map((fault) => ({ ...fault }));
  }

  /**
   * @returns the faults that strike this request: the first in the list, and all that
   *   only delay
   */
  strike(target: Target): Misfortune {
    const delay = { slowSeconds: 0, gate: false, gateAnswer: false };
    let struck: Fault | undefined;
    for (const fault of this.#list) {
      const taken = !isDelay(fault) && struck !== undefined;
      if (taken || !fits(fault, target) || !this.#happens(fault)) continue;
      if (fault.kind === 'slow') delay.slowSeconds += fault.seconds ?? 1;
      else if (fault.kind === 'gate') delay.gate = true;
      else if (fault.kind === 'gate_answer') delay.gateAnswer = true;
      else struck = fault;
    }
    if (struck === undefined) return delay;
    if (struck.kind !== 'command_error') return { ...delay, fault: struck };
    return { ...delay, fault: struck, command: this.#commandOf(struck, target) };
  }

  #happens(fault: Fault): boolean {
    if (fault.times === 0) return false;
    if (this.#random() >= (fault.probability ?? 1)) return false;
    if (fault.times !== undefined) fault.times -= 1;
    return true;
  }

  #commandOf(fault: Fault, target: Target): number {
    const fitting = [...target.methods.keys()].filter((index) =>
      concerns(fault, target.methods[index] ?? ''),
    );
    return fitting[Math.floor(this.#random() * fitting.length)] ?? 0;
  }
}

/** @returns whether the fault is about calls of this method. */
export function concerns(fault: Fault, method: string): boolean {
  return fault.method === undefined || fault.method === 'batch' || fault.method === method;
}

function isDelay({ kind }: Fault): boolean {
  return kind === 'slow' || kind === 'gate' || kind === 'gate_answer';
}

function fits(fault: Fault, { isBatch, methods }: Target): boolean {
  if (!isBatch && (fault.kind === 'command_error' || fault.method === 'batch')) return false;
  const isAboutRequest = fault.kind !== 'command_error' && fault.method === undefined;
  return isAboutRequest || methods.some((method) => concerns(fault, method));
}
