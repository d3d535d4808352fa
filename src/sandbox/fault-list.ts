import { concerns, type Fault, type Misfortune, type Target } from './faults.ts';
import type { Random } from './state/random.ts';

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
    const delay = { slowSeconds: 0, gate: false, gateInvite: false, gateAnswer: false };
    let struck: Fault | undefined;
    for (const fault of this.#list) {
      const taken = !isDelay(fault) && struck !== undefined;
      if (taken || !fits(fault, target) || !this.#happens(fault)) continue;
      if (fault.kind === 'slow') delay.slowSeconds += fault.seconds ?? 1;
      else if (fault.kind === 'gate') delay.gate = true;
      else if (fault.kind === 'gate_invite') delay.gateInvite = true;
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

function isDelay({ kind }: Fault): boolean {
  return kind === 'slow' || kind.startsWith('gate');
}

function fits(fault: Fault, { isBatch, methods }: Target): boolean {
  if (!isBatch && (fault.kind === 'command_error' || fault.method === 'batch')) return false;
  const isAboutRequest = fault.kind !== 'command_error' && fault.method === undefined;
  return isAboutRequest || methods.some((method) => concerns(fault, method));
}
