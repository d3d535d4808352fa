import { isStartedByNpm } from '../services/end-signals.ts';

/** A request to end the process, for example by Ctrl-C. */
export interface Interrupt extends Disposable {
  /** Aborted at the first signal. */
  readonly signal: AbortSignal;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A terminal and a service manager signal both npm and the program, and npm forwards its signal
 * within this time, in milliseconds.
 */
const PASSED_ON_MS = 300;

export interface InterruptOptions {
  /**
   * Whether npm can forward a signal that this process has already received.
   *
   * @default whether npm started this process
   */
  byNpm?: boolean;
  /** Clock, in milliseconds. */
  now?: () => number;
  /** @default process.exit */
  exit?: (code: number) => void;
}

/**
 * Listens for the signals that end a process. The second signal ends it at once with code 130; the
 * work can be resumed even then.
 *
 * @param onFirst called at the first signal, to show a message
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
