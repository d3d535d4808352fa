/** What Ctrl-C means: a first one asks, a second one insists. */
export interface Interrupt extends Disposable {
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Listens for the signals that ask a process to end. The second one ends it at once with code 130;
 * everything is resumable even then.
 *
 * @param onFirst told at the first one, for a word to the person
 */
export function listenForInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) process.exit(130);
    onFirst();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, listener);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of SIGNALS) process.off(name, listener);
    },
  };
}
