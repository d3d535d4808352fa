/** Holds requests until the test opens it. */
export class Gate {
  readonly #opened = Promise.withResolvers<void>();
  readonly #reached = Promise.withResolvers<void>();

  /** Resolves when a request waits here. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  /** Releases all waiting and all later requests. */
  open(): void {
    this.#opened.resolve();
  }

  /** Waits until the gate is open. */
  pass(): Promise<void> {
    this.#reached.resolve();
    return this.#opened.promise;
  }
}
