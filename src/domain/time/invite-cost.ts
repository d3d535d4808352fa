/** Server seconds of an invitation, and whether it is only a guess. */
export interface Cost {
  seconds: number;
  /** The same of the last few requests, which the size of the next one follows. */
  recentSeconds: number;
  isGuess: boolean;
  variance: CostVariance;
}

/** Relative variances: of the cost from request to request, and of the learned cost around the true one. */
export interface CostVariance {
  perRequest: number;
  ofMean: number;
}

/** An invitation sends notifications: tens to hundreds of milliseconds of server time. */
const GUESSED_SECONDS = 0.1;

/** Without measurements, requests are assumed to differ little. */
const NO_VARIANCE: CostVariance = { perRequest: 0, ofMean: 0 };

/** @param learnedSeconds server seconds of an invitation as learned from answers; undefined before the first */
export const costOf = (
  learnedSeconds: number | undefined,
  variance: CostVariance = NO_VARIANCE,
  recentSeconds = learnedSeconds,
): Cost => ({
  seconds: learnedSeconds ?? GUESSED_SECONDS,
  recentSeconds: recentSeconds ?? GUESSED_SECONDS,
  isGuess: learnedSeconds === undefined,
  variance,
});
