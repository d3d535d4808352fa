/** A clock on which time passes only when a test says so. */
export class TestClock {
  /** Unix milliseconds. */
  ms = Date.UTC(2026, 0, 1);

  /** Lets time pass. */
  pass(ms: number): void {
    this.ms += ms;
  }

  readonly nowMs = (): number => this.ms;
  readonly nowSeconds = (): number => this.ms / 1_000;
}
