import { expectedTime, type Outlook, type WorkLeft } from './work-left.ts';

/** Without an observation for so long, nothing is known about the time in between. */
const GAP_SECONDS = 30;
/** Weight of the model: so many seconds as if they had passed as it says. */
const PRIOR_SECONDS = 180;
/** Earlier observations count less and less. */
const MEMORY_SECONDS = 900;
/** Most that the measurement may correct the model, in both directions. */
const MOST = 4;
/** Seconds within which the shown end follows the estimated one, by two thirds. */
const FOLLOW_SECONDS = 60;

/**
 * Estimates how long the rest of an import takes: the model's time for what is left, multiplied by how much
 * longer than that the import has taken so far. The rate of the last seconds does not matter, and waits for
 * the operating window are part of the model, so that the estimate does not jump.
 */
export class Eta {
  #last: { at: number; outlook: Outlook } | undefined;
  /** Seconds that passed, and seconds that they should have taken. */
  #passed = 0;
  #expected = 0;
  /** The end that was returned last, and when. */
  #shown: { at: number; end: number } | undefined;

  /**
   * @param at seconds of a clock that never goes back
   * @returns seconds until the last outcome
   */
  note(at: number, outlook: Outlook): number {
    const last = this.#last;
    this.#last = { at, outlook };
    const { seconds } = expectedTime(outlook);
    if (last !== undefined && isContinued(last.outlook, outlook) && at - last.at <= GAP_SECONDS) {
      // The earlier moment as we see it now: what was learned in between is no progress.
      const { own, others, used } = last.outlook;
      const earlier = { ...outlook, own: likeNow(own, outlook.own), others, used };
      const then = expectedTime(earlier).seconds;
      const keep = Math.exp((last.at - at) / MEMORY_SECONDS);
      this.#passed = this.#passed * keep + (at - last.at);
      const most = MOST * (at - last.at);
      const progress = Math.min(most, Math.max(-most, then - seconds));
      this.#expected = this.#expected * keep + progress;
    }
    return this.#follow(at, at + seconds * this.#factor);
  }

  /** While nothing is sent, the time that passes says nothing. */
  pause(): void {
    this.#last = undefined;
    this.#shown = undefined;
  }

  #follow(at: number, end: number): number {
    const shown = this.#shown ?? { at: Number.NEGATIVE_INFINITY, end };
    const share = 1 - Math.exp((shown.at - at) / FOLLOW_SECONDS);
    this.#shown = { at, end: shown.end + (end - shown.end) * share };
    // At the end there is no time left to follow slowly.
    return Math.max((end - at) / 2, this.#shown.end - at);
  }

  get #factor(): number {
    const factor = (this.#passed + PRIOR_SECONDS) / Math.max(1, this.#expected + PRIOR_SECONDS);
    return Math.min(MOST, Math.max(1 / MOST, factor));
  }
}

/** Whether the same work went on. */
function isContinued(then: Outlook, now: Outlook): boolean {
  return (
    now.own.chunks.pairs <= then.own.chunks.pairs &&
    now.cost.isGuess === then.cost.isGuess &&
    [...now.others.keys()].every((id) => then.others.has(id))
  );
}

/** The earlier work with the share of invitations that is expected now. */
function likeNow(then: WorkLeft, now: WorkLeft): WorkLeft {
  if (now.basis === 'check' || now.chunks.pairs === 0) return then;
  const share = then.chunks.pairs / now.chunks.pairs;
  return { ...then, toInvite: now.toInvite * share, toLookUp: now.toLookUp * share };
}
