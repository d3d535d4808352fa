import { isStartedByNpm } from '../services/end-signals.ts';

/** What Ctrl-C means: a first one asks, a second one insists. */
export interface Interrupt extends Disposable {
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A terminal and a service manager signal npm and the program; npm passes its signal on as well. */
const PASSED_ON_MS = 300;

export interface InterruptOptions {
  /** Whether npm may pass on what this process has got already. @default npm has started it */
  byNpm?: boolean;
  /** In milliseconds. */
  now?: () => number;
  /** @default process.exit */
  exit?: (code: number) => void;
}

/**
 * Listens for the signals that ask a process to end. The second one ends it at once with code 130;
 * everything is resumable even then.
 *
 * @param onFirst told at the first one, for a word to the person
 */
export function listenForInterrupt(
  onFirst: () => void,
  {
    byNpm = isStartedByNpm(process),
    now = () => performance.now(),
    exit = process.exit,
  }: InterruptOptions = {},
): Interrupt {
  const controller = new AbortController();
  let first = Number.NEGATIVE_INFINITY;
  const listener = () => {
    if (controller.signal.aborted) {
      const isPassedOn = byNpm && now() - first < PASSED_ON_MS;
      if (!isPassedOn) exit(130);
      return;
    }
    first = now();
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
