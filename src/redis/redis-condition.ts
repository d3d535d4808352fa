import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { Problem } from '../domain/errors/problem.ts';
import { explainRefusal, type RedisProblem } from './redis-refusal.ts';
import { findRefusal } from './requirements.ts';

/** How often a Redis that is in trouble is asked whether it still is, in milliseconds. */
const AGAIN_MS = 1_000;
/** How long its answer may take then, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** What a process knows of whether its Redis works. */
export class RedisCondition {
  readonly #redis: Redis;
  readonly #shown: string;
  readonly #ending: AbortSignal;
  #problem: RedisProblem | undefined;
  #question: Promise<RedisProblem | undefined> | undefined;
  #isWatching = false;

  /**
   * @param shown where the Redis is, without a password
   * @param ending ends the watch
   */
  constructor(redis: Redis, shown: string, ending: AbortSignal) {
    this.#redis = redis;
    this.#shown = shown;
    this.#ending = ending;
  }

  /** What is wrong with Redis, as far as this process has noticed; undefined when nothing is. */
  get problem(): RedisProblem | undefined {
    return this.#problem;
  }

  /** Takes note of an error, which may be about Redis. It is asked from then on until it works. */
  note(error: unknown): void {
    const refusal = explainRefusal(error);
    if (refusal !== undefined) this.#found(refusal);
  }

  /** Takes note that the connection is lost. */
  noteAway(problem: Problem): void {
    this.#found({ kind: 'away', problem });
  }

  /**
   * Asks Redis, by writing to it.
   *
   * @param maxWaitMs after so many milliseconds without an answer it counts as away
   * @returns what is wrong with it now
   */
  async probe(maxWaitMs: number): Promise<RedisProblem | undefined> {
    // What is asked of a lost connection waits for the next one: one question is enough.
    this.#question ??= findRefusal(this.#redis, this.#shown).finally(() => {
      this.#question = undefined;
    });
    const silence = `no answer within ${maxWaitMs / 1_000} seconds`;
    const late = sleep(maxWaitMs, undefined, { ref: false })
      // A process that was kept busy all that time reads first what came meanwhile.
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
    // The connection knows better why.
    if (this.#problem?.kind === 'away') return this.#problem;
    const problem = new Problem(
      `Cannot connect to Redis at ${this.#shown}: ${said}`,
      'Check that Redis is running there and can be reached.',
    );
    return { kind: 'away', problem };
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
