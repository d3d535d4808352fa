import { setTimeout as sleep } from 'node:timers/promises';
import { PASSING_FAULTS } from '../../src/sandbox/faults.ts';
import type { Random } from '../../src/sandbox/state/random.ts';
import type { Installation } from './installation.ts';

/** Share of the soak after which the server is no longer restarted, so that one long run of it can be judged. */
const SERVER_CALM_AFTER = 0.4;

/** Injects faults into the portal, the processes and the connections to Redis. */
export class FaultInjector {
  /** Number of injected faults by name. */
  readonly done = new Map<string, number>();
  readonly #installation: Installation;
  readonly #random: Random;

  constructor(installation: Installation, random: Random) {
    this.#installation = installation;
    this.#random = random;
  }

  /** Makes requests to the portal fail, sometimes all of them, until the signal aborts. */
  async disturbPortal(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(1_000 + this.#random() * 5_000);
      const kinds = PASSING_FAULTS.toSorted(() => this.#random() - 0.5).slice(0, 2);
      await this.#order(
        'POST',
        kinds.map((kind) => ({
          kind,
          probability: 0.3 + this.#random() * 0.7,
          times: 1 + Math.floor(this.#random() * 4),
          ...(kind === 'slow' && { seconds: 0.5 + this.#random() * 1.5 }),
        })),
      );
      for (const kind of kinds) this.#count(`portal: ${kind}`);
      if (this.#random() < 0.15) await this.#hold();
    }
    await this.#order('DELETE');
  }

  /**
   * Stops and starts processes and closes connections to Redis, until the signal aborts. The first
   * worker runs undisturbed.
   *
   * @param share returns the elapsed share of the soak, from 0 to 1
   * @param pauseMs average time between two faults, in milliseconds
   */
  async disturbProcesses(signal: AbortSignal, share: () => number, pauseMs: number): Promise<void> {
    const { server, redis } = this.#installation;
    const [, target] = this.#installation.workers;
    while (!signal.aborted) {
      await sleep(pauseMs * (0.5 + this.#random()), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const end = this.#random() < 0.6 ? 'SIGKILL' : 'SIGTERM';
      const chance = this.#random();
      if (chance < 0.3) {
        this.#count('Redis: CLIENT KILL');
        await redis.client('KILL', 'TYPE', 'normal').catch(() => {});
      } else if (chance < 0.6 && share() < SERVER_CALM_AFTER) {
        this.#count(`server: ${end}`);
        await server.end(end);
        await server.start();
      } else {
        this.#count(`worker 2: ${end}`);
        await target.end(end);
        await sleep(this.#random() * 2_000);
        await target.start();
      }
    }
  }

  /** Revokes the webhook or overloads the portal for a while. */
  async #hold(): Promise<void> {
    const kind = this.#random() < 0.5 ? 'auth' : 'overload';
    this.#count(`portal held: ${kind}`);
    await this.#order('POST', [{ kind }]);
    await sleep(500 + this.#random() * 2_000);
    await this.#order('DELETE');
  }

  async #order(method: 'POST' | 'DELETE', body?: unknown): Promise<void> {
    const url = `${this.#installation.portal.origin}/sandbox/faults`;
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url, { method, ...init });
    if (!answer.ok) throw new Error(await answer.text());
  }

  #count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }
}
