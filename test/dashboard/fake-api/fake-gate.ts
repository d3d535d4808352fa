/** Holds requests until the test lets them go. */
export class Gate {
  readonly #opened = Promise.withResolvers<void>();
  readonly #reached = Promise.withResolvers<void>();

  /** Resolves when a request waits here. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  /** Lets go what waits here and what comes later. */
  open(): void {
    this.#opened.resolve();
  }

  /** Waits until the gate is open. */
  pass(): Promise<void> {
    this.#reached.resolve();
    return this.#opened.promise;
  }
}
