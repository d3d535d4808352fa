/** Reading of another clock, between two readings of this machine's, in Unix seconds. */
export interface ClockReading {
  readonly there: number;
  readonly before: number;
  readonly after: number;
}

/** @returns seconds by which the other clock is ahead: only the part that no delay on the way explains */
export const clockOffset = ({ there, before, after }: ClockReading): number =>
  there > after ? there - after : Math.min(0, there - before);
