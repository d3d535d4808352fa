import type { Clock } from '../../domain/time/clock.ts';
import type { PortalClient } from '../http/client.ts';
import type { SendOptions } from '../http/client-options.ts';
import type { PortalFailure } from '../http/failure.ts';
import { isIncomplete, type PortalProfile, profileOf, unknownProfile } from './portal-profile.ts';
import { queryProfile } from './query-profile.ts';

/** A profile that was read is used for this long, in milliseconds: plan, scopes and rights change. */
const FRESH_MS = 600_000;
/** Time after which a portal that did not answer is asked again, in milliseconds. */
const RETRY_MS = 10_000;

export type ProfileResult =
  | { ok: true; profile: PortalProfile }
  /** The portal refuses the request as a whole, or does not answer it. */
  | { ok: false; failure: PortalFailure };

export interface ReadOptions {
  /** Waits for a slot, as inviting requests do. @default false: a person waits for the answer */
  withSlot?: boolean;
}

/**
 * Reads who the webhook is and what its portal allows, and keeps it for a process. What the plan
 * allows goes to the budget, from which all processes take it.
 */
export class ProfileReader {
  readonly #client: Pick<PortalClient, 'send' | 'webhook' | 'budget'>;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #latest: PortalProfile;
  #hasAnswered = false;
  #failure: PortalFailure | undefined;
  /** Number of readings in a row in which the portal did not answer all calls; each doubles the pause. */
  #incomplete = 0;
  /** Until when the profile is used without a new reading, in milliseconds of the monotonic clock. */
  #freshUntil = Number.NEGATIVE_INFINITY;
  /** The readings in progress, by whether they wait for a slot. */
  readonly #readings = new Map<boolean, Promise<ProfileResult>>();

  constructor(client: Pick<PortalClient, 'send' | 'webhook' | 'budget'>, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
    this.#latest = unknownProfile(client.webhook.callerId);
  }

  /** Whether the portal has answered at all. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** Why nothing is known yet; undefined once the portal has answered. */
  get failure(): PortalFailure | undefined {
    return this.#hasAnswered ? undefined : this.#failure;
  }

  /** What was read last; everything is unknown until the portal has answered. */
  get latest(): PortalProfile {
    return this.#latest;
  }

  /**
   * Reads the profile, unless it was read in the last ten minutes.
   *
   * @param signal ends the wait, with what is known
   * @param options as for {@link read}
   * @returns the last known profile when the portal does not answer
   * @throws an error of the budget's Redis
   */
  async get(signal?: AbortSignal, options: ReadOptions = {}): Promise<PortalProfile> {
    if (this.#clock.monotonic() < this.#freshUntil || signal?.aborted) return this.#latest;
    const aborted = Promise.withResolvers<void>();
    const end = () => aborted.resolve();
    signal?.addEventListener('abort', end, { once: true });
    try {
      await Promise.race([this.read(options), aborted.promise]);
    } finally {
      signal?.removeEventListener('abort', end);
    }
    return this.#latest;
  }

  /**
   * Reads the profile now: for what depends on a right that somebody may just have given.
   *
   * @returns as {@link get}
   * @throws an error of the budget's Redis
   */
  renew(signal?: AbortSignal, options: ReadOptions = {}): Promise<PortalProfile> {
    this.expire();
    return this.get(signal, options);
  }

  /**
   * Reads the profile now, in one request within the budget; a reading in progress is shared, unless that
   * waits for a slot and this one does not.
   *
   * @throws an error of the budget's Redis
   */
  read({ withSlot = false }: ReadOptions = {}): Promise<ProfileResult> {
    const shared = this.#readings.get(false) ?? (withSlot ? this.#readings.get(true) : undefined);
    if (shared !== undefined) return shared;
    const reading = this.#read(withSlot).finally(() => this.#readings.delete(withSlot));
    this.#readings.set(withSlot, reading);
    return reading;
  }

  /** The portal may have changed, as after a hold: the next `get` reads again. */
  expire(): void {
    this.#freshUntil = Number.NEGATIVE_INFINITY;
  }

  /** Gives up a reading in progress; resolves when its request is over. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#readings.values());
  }

  async #read(withSlot: boolean): Promise<ProfileResult> {
    const { webhook, budget } = this.#client;
    const { signal } = this.#closing;
    const options: SendOptions = { repeat: 'always', withSlot, isBrief: true, signal };
    const result = await queryProfile(this.#client, options, this.#clock);
    if (!result.ok) {
      this.#failure = result.failure;
      this.#freshUntil = this.#clock.monotonic() + RETRY_MS;
      return result;
    }
    const profile = profileOf(result.answers, webhook, this.#latest);
    await budget.setPlan(profile.plan);
    this.#latest = profile;
    this.#hasAnswered = true;
    this.#incomplete = isIncomplete(result.answers) ? this.#incomplete + 1 : 0;
    const usedForMs =
      this.#incomplete === 0
        ? FRESH_MS
        : Math.min(RETRY_MS * 2 ** (this.#incomplete - 1), FRESH_MS);
    this.#freshUntil = this.#clock.monotonic() + usedForMs;
    return { ok: true, profile };
  }
}
