import { chunkSize } from '../imports/chunk-size.ts';
import { type Allowance, type Limit, lowerBound } from './lower-bound.ts';

/** How long an import will take. */
export interface Forecast {
  seconds: number;
  /** The limit that determines the time. */
  limit: Limit;
  requests: number;
  /** Server seconds per invitation that the forecast assumes. */
  costPerInviteSeconds: number;
  /** The cost is not learned yet: it is {@link ASSUMED_COST_SECONDS}. */
  assumed: boolean;
}

/** Input of a forecast, besides the groups. */
export interface ForecastBasis extends Allowance {
  /** The most commands in a request, and people in a command. */
  commandsPerRequest: number;
  usersPerCommand: number;
  /** Learned server seconds per invitation; undefined before the first. */
  learnedCostSeconds: number | undefined;
}

/** An invitation sends notifications: tens to hundreds of milliseconds of server time. */
export const ASSUMED_COST_SECONDS = 0.1;

/** Target server time of a request (`budget/pace.lua`). */
const TARGET_SECONDS = 15;
/** Calls of at most this time do not count as operating ("REST API Limits"). */
const FLOOR_SECONDS = 0.1;

/**
 * Forecasts, group by group, how long an import takes, with requests packed as the program packs them. The
 * forecast ignores other clients of the portal, outages, and a portal that slows down.
 *
 * @example
 * const forecaster = new Forecaster(basis);
 * for (const group of groups) forecaster.add(group);
 * forecaster.forecast(); // { seconds: 1150, limit: 'operating', … }
 */
export class Forecaster {
  readonly #basis: ForecastBasis;
  readonly #cost: number;
  /** People per request within the target time. */
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
   * @param group.pairs all pairs of the group; all are sent, even those without effect
   * @param group.toInvite the pairs that become invitations
   */
  add({ pairs, toInvite }: { pairs: number; toInvite: number }): void {
    this.#pairs += pairs;
    this.#invitations += toInvite;
    this.#commands += Math.ceil(pairs / Math.min(this.#basis.usersPerCommand, this.#inTime));
    if (toInvite < pairs) this.#leftOut += 1;
    const seconds = toInvite * this.#cost;
    // With an assumed cost no call counts as short: it may well be longer.
    if (this.#isAssumed || seconds > FLOOR_SECONDS) this.#operatingSeconds += seconds;
  }

  forecast(): Forecast {
    const requests = this.#requests();
    const workSeconds = this.#invitations * this.#cost;
    const lastSeconds = requests === 0 ? 0 : workSeconds / requests;
    const operatingSeconds = this.#operatingSeconds;
    const { seconds, limit } = lowerBound(
      { requests, workSeconds, operatingSeconds, lastSeconds },
      this.#basis,
    );
    return {
      seconds,
      // While no request waits for the bucket, the work determines the time.
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
    // The groups of people that the portal leaves out are read.
    return inviting + Math.ceil(this.#leftOut / commandsPerRequest);
  }
}
