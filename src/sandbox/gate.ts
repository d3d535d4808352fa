/** Requests that wait until a test releases them, in the order of their arrival. */
export class Gate {
  readonly #signal: AbortSignal;
  readonly #onChange: () => void;
  readonly #waiting: (() => void)[] = [];

  /**
   * @param signal aborts when the server stops
   * @param onChange called whenever the number of waiting requests changes
   */
  constructor(signal: AbortSignal, onChange: () => void) {
    this.#signal = signal;
    this.#onChange = onChange;
    signal.addEventListener('abort', () => this.open());
  }

  /** How many requests wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Resolves when the gate is opened for this request.
   * @throws the signal's reason when the server stops
   */
  async wait(): Promise<void> {
    this.#signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    this.#onChange();
    await promise;
    this.#signal.throwIfAborted();
  }

  /**
   * Releases requests that wait now; later ones wait again.
   * @param requests how many, the longest waiting first. @default all
   * @returns how many were released
   */
  open(requests = this.#waiting.length): number {
    const opened = this.#waiting.splice(0, requests);
    for (const go of opened) go();
    if (opened.length > 0) this.#onChange();
    return opened.length;
  }
}
