import type { CallTime } from '../../../src/portal/http/call-time.ts';
import type { Limits } from '../../../src/sandbox/sandbox-options.ts';
import { LeakyBucket } from '../../../src/sandbox/state/leaky-bucket.ts';
import { OperatingBaskets, type RequestUse } from '../../../src/sandbox/state/operating-baskets.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SimulatedCall {
  method: string;
  /** Server time. */
  seconds: number;
}

export type SimulatedAnswer =
  | { kind: 'rate_limited' }
  | {
      kind: 'answered';
      /** One for each call; undefined for a call that was not executed. */
      times: readonly (CallTime | undefined)[];
      /** The time of the batch; undefined for a single call. */
      batch: CallTime | undefined;
      /** Methods that were refused. */
      refused: ReadonlySet<string>;
    };

const BATCH = 'batch';
const BATCH_SHARE = 0.5;

/** A portal whose server time passes on a virtual clock, with the sandbox's own bucket and baskets. */
export class SimulatedPortal {
  readonly #limits: Limits;
  readonly #time: VirtualTime;
  readonly #skewMs: number;
  readonly #bucket: LeakyBucket;
  readonly #baskets: OperatingBaskets;
  operatingErrors = 0;
  rateLimitErrors = 0;
  /** Server seconds of all requests. */
  workSeconds = 0;

  /** @param skewMs milliseconds by which the portal's clock is ahead */
  constructor(limits: Limits, time: VirtualTime, skewMs = 0) {
    this.#limits = limits;
    this.#time = time;
    this.#skewMs = skewMs;
    this.#bucket = new LeakyBucket(limits);
    this.#baskets = new OperatingBaskets(limits);
  }

  /** Takes a place for the request of another client. */
  takePlace(): boolean {
    return this.#bucket.take(this.#now);
  }

  /** Sends calls in one request, several as a batch; resolves when the answer has arrived. */
  async send(calls: readonly SimulatedCall[]): Promise<SimulatedAnswer> {
    await this.#time.sleep(this.#limits.latencyMs / 2);
    const answer = this.takePlace() ? await this.#execute(calls) : RATE_LIMITED;
    if (answer.kind === 'rate_limited') this.rateLimitErrors += 1;
    await this.#time.sleep(this.#limits.latencyMs / 2);
    return answer;
  }

  /** Unix seconds of the portal's clock. */
  get #now(): number {
    return this.#time.seconds + this.#skewMs / 1_000;
  }

  async #execute(calls: readonly SimulatedCall[]): Promise<SimulatedAnswer> {
    const isBatch = calls.length > 1;
    const { billing } = this.#limits;
    const isInnerBilled = !isBatch || billing === 'inner' || billing === 'both';
    const startedAt = this.#now;
    const use = this.#baskets.begin(startedAt);
    const refused = new Set<string>();
    const allows = (method: string): boolean => {
      if (this.#baskets.allows(method, use, this.#now)) return true;
      this.operatingErrors += 1;
      refused.add(method);
      return false;
    };
    const times: (CallTime | undefined)[] = [];
    const isOpen = !isBatch || allows(BATCH);
    for (const { method, seconds } of isOpen ? calls : []) {
      if (!allows(method)) {
        times.push(undefined);
        continue;
      }
      const calledAt = this.#now;
      await this.#time.sleep(seconds * 1_000);
      this.workSeconds += seconds;
      if (isInnerBilled) use.add(method, calledAt, seconds);
      const shown = isBatch && billing === 'outer_everywhere' ? BATCH : method;
      times.push(this.#timeOf(use, shown, calledAt, seconds));
    }
    if (!isBatch || !isOpen) {
      this.#baskets.store(use);
      return { kind: 'answered', times, batch: undefined, refused };
    }
    const seconds = this.#now - startedAt;
    if (billing !== 'inner') use.add(BATCH, startedAt, seconds * BATCH_SHARE);
    const batch = this.#timeOf(use, BATCH, startedAt, seconds);
    this.#baskets.store(use);
    return { kind: 'answered', times, batch, refused };
  }

  #timeOf(use: RequestUse, method: string, startedAt: number, seconds: number): CallTime {
    const shown = this.#baskets.isOn
      ? {
          operating: this.#baskets.used(method, use),
          resetAt: this.#baskets.resetsAt(method, use, startedAt, this.#now),
        }
      : { operating: undefined };
    return { finish: this.#now, seconds, ...shown };
  }
}

const RATE_LIMITED = { kind: 'rate_limited' } as const;
