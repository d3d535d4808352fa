import { chunkSize } from '../imports/chunk-size.ts';
import { type Allowance, type Limit, leastTime } from './lower-bound.ts';

/** How long an import will take. */
export interface Forecast {
  seconds: number;
  /** What keeps it from being done sooner. */
  limit: Limit;
  requests: number;
  /** Server seconds of one invitation that this rests on. */
  costPerInviteSeconds: number;
  /** Nobody has learned the cost yet: it is {@link ASSUMED_COST_SECONDS}. */
  assumed: boolean;
}

/** What a forecast goes by, besides the groups. */
export interface ForecastBasis extends Allowance {
  /** The most commands in a request, and people in a command. */
  commandsPerRequest: number;
  usersPerCommand: number;
  /** Server seconds of one invitation as they were learned; undefined before the first. */
  learnedCostSeconds: number | undefined;
}

/** An invitation sends notifications: tens to hundreds of milliseconds of server time. */
export const ASSUMED_COST_SECONDS = 0.1;

/** The server time that requests are aimed at (`budget/pace.lua`). */
const TARGET_SECONDS = 15;
/** Calls of this and less do not count as operating ("REST API Limits"). */
const FLOOR_SECONDS = 0.1;

/**
 * Foretells, group by group, how long an import takes, its requests packed as the program packs
 * them. What is not foretold: other clients of the portal, outages, and a portal that slows down.
 *
 * @example
 * const forecaster = new Forecaster(basis);
 * for (const group of groups) forecaster.add(group);
 * forecaster.forecast(); // { seconds: 1150, limit: 'operating', … }
 */
export class Forecaster {
  readonly #basis: ForecastBasis;
  readonly #cost: number;
  /** People that a request carries in the time that it is aimed at. */
  readonly #inTime: number;
  #pairs = 0;
  #invitations = 0;
  #commands = 0;
  #leftOut = 0;
  #operatingSeconds = 0;

  constructor(basis: ForecastBasis) {
    this.#basis = basis;
    this.#cost = basis.learnedCostSeconds ?? ASSUMED_COST_SECONDS;
    const target = Math.min(TARGET_SECONDS, basis.operatingLimitSeconds / 2 / basis.concurrency);
    this.#inTime = Math.max(1, Math.floor(target / this.#cost + 1e-9));
  }

  /**
   * Adds a group.
   *
   * @param group.pairs all of the group's pairs travel, also those that come to nothing
   * @param group.toInvite those of them that become invitations
   */
  add({ pairs, toInvite }: { pairs: number; toInvite: number }): void {
    this.#pairs += pairs;
    this.#invitations += toInvite;
    this.#commands += Math.ceil(pairs / Math.min(this.#basis.usersPerCommand, this.#inTime));
    if (toInvite < pairs) this.#leftOut += 1;
    const seconds = toInvite * this.#cost;
    // A mere assumption must not make short calls of what may as well be longer ones.
    if (this.#isAssumed || seconds > FLOOR_SECONDS) this.#operatingSeconds += seconds;
  }

  forecast(): Forecast {
    const requests = this.#requests();
    const workSeconds = this.#invitations * this.#cost;
    const lastSeconds = requests === 0 ? 0 : workSeconds / requests;
    const operatingSeconds = this.#operatingSeconds;
    const { seconds, limit } = leastTime(
      { requests, workSeconds, operatingSeconds, lastSeconds },
      this.#basis,
    );
    return {
      seconds,
      // As long as no request waits for its place, it is its work that takes the time.
      limit: limit === 'requests' && requests <= this.#basis.burst ? 'work' : limit,
      requests,
      costPerInviteSeconds: this.#cost,
      assumed: this.#isAssumed,
    };
  }

  get #isAssumed(): boolean {
    return this.#basis.learnedCostSeconds === undefined;
  }

  #requests(): number {
    const { commandsPerRequest, concurrency } = this.#basis;
    const largest = Math.min(this.#inTime, chunkSize(this.#pairs, concurrency));
    const inviting = Math.max(
      Math.ceil(this.#commands / commandsPerRequest),
      this.#pairs === 0 ? 0 : Math.ceil(this.#pairs / largest),
    );
    // Of whom the portal leaves out, the groups are read.
    return inviting + Math.ceil(this.#leftOut / commandsPerRequest);
  }
}
