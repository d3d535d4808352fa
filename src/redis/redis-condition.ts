import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Problem } from '../domain/errors/problem.ts';
import { problem } from '../messages/problems.ts';
import { explainRefusal, type RedisProblem } from './redis-refusal.ts';
import { findRefusal } from './requirements.ts';

/** Interval between checks of a Redis with a problem, in milliseconds. */
const AGAIN_MS = 1_000;
/** Timeout of such a check, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Whether Redis works, as far as this process has noticed. */
export class RedisCondition {
  readonly #redis: Redis;
  readonly #shown: string;
  readonly #ending: AbortSignal;
  #problem: RedisProblem | undefined;
  #question: Promise<RedisProblem | undefined> | undefined;
  #isWatching = false;

  /** @param shown where the Redis is, without a password. @param ending ends the checks */
  constructor(redis: Redis, shown: string, ending: AbortSignal) {
    this.#redis = redis;
    this.#shown = shown;
    this.#ending = ending;
  }

  /** What is wrong with Redis, as far as this process has noticed; undefined when nothing is. */
  get problem(): RedisProblem | undefined {
    return this.#problem;
  }

  /** Records an error, which may be about Redis. Redis is checked from then on until it works. */
  note(error: unknown): void {
    const refusal = explainRefusal(error);
    if (refusal !== undefined) this.#found(refusal);
  }

  /** Records that the connection is lost. */
  noteAway(problem: Problem): void {
    this.#found({ kind: 'away', problem });
  }

  /**
   * Checks Redis, by writing to it.
   *
   * @param maxWaitMs time without an answer after which it counts as away, in milliseconds
   * @returns what is wrong with it now
   */
  async probe(maxWaitMs: number): Promise<RedisProblem | undefined> {
    // Commands on a lost connection wait for the next one: one check is enough.
    this.#question ??= findRefusal(this.#redis, this.#shown).finally(() => {
      this.#question = undefined;
    });
    const silence = `no answer within ${maxWaitMs / 1_000} seconds`;
    const late = sleep(maxWaitMs, undefined, { ref: false })
      // A process that was busy all that time first reads the answers that arrived meanwhile.
      .then(() => setImmediate())
      .then(() => this.#away(silence));
    const probed = this.#question.catch((error: unknown) =>
      this.#away(error instanceof Error ? error.message : String(error)),
    );
    const problem = await Promise.race([probed, late]);
    if (problem === undefined) this.#problem = undefined;
    else this.#found(problem);
    return problem;
  }

  #away(said: string): RedisProblem {
    // The connection has reported the exact reason.
    if (this.#problem?.kind === 'away') return this.#problem;
    const away = problem('redis_away', { redis: this.#shown, said, remedy: 'check' });
    return { kind: 'away', problem: away };
  }

  #found(problem: RedisProblem): void {
    this.#problem = problem;
    if (this.#isWatching || this.#ending.aborted) return;
    this.#isWatching = true;
    void this.#watch();
  }

  async #watch(): Promise<void> {
    while (this.#problem !== undefined && !this.#ending.aborted) {
      await sleep(AGAIN_MS, undefined, { ref: false, signal: this.#ending }).catch(() => {});
      if (!this.#ending.aborted) await this.probe(TIMEOUT_MS);
    }
    this.#isWatching = false;
  }
}
