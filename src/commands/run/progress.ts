import { createLogUpdate } from 'log-update';
import type { ThroughputMeter } from '../../domain/time/throughput-meter.ts';
import type { IngestProgress } from '../../ingest/store-rows.ts';
import { duration } from '../terminal/format-duration.ts';
import { type Streams, staysInPlace } from '../terminal/terminal.ts';

export interface ProgressState {
  settled: number;
  pairs: number;
  /** Estimated seconds to the end; undefined when nothing is known. */
  secondsLeft?: number | undefined;
  /** Whether requests leave or are in flight: only then there is a speed. */
  isSending: boolean;
  /** What blocks the import, as text. */
  notice?: string | undefined;
}

/** The estimate of the last minute can be wrong by a quarter. */
const MINUTE_SECONDS = 60;
const BAR_WIDTH = 24;
/** Interval between lines where the output is not a terminal, in milliseconds. */
const LINE_EVERY_MS = 5_000;

/**
 * @example
 * progressText({ settled: 210, pairs: 938, secondsLeft: 70, isSending: true }, pace)
 * // '22 %  210 of 938 pairs  12.3/s  1:10 left'
 */
export function progressText(
  { settled, pairs, secondsLeft, isSending, notice }: ProgressState,
  pace: ThroughputMeter,
): string {
  const percent = pairs === 0 ? 100 : Math.floor((settled * 100) / pairs);
  const rate = pace.rate.toFixed(1);
  return [
    `${percent} %`,
    `${settled.toLocaleString('en')} of ${pairs.toLocaleString('en')} pairs`,
    // Without progress there is no rate; the notice gives the reason.
    ...(rate === '0.0' || !isSending ? [] : [`${rate}/s`]),
    ...(secondsLeft === undefined || settled === pairs ? [] : [timeLeft(secondsLeft)]),
    ...(notice === undefined ? [] : [notice]),
  ].join('  ');
}

const timeLeft = (seconds: number): string =>
  seconds < MINUTE_SECONDS ? 'less than 1:00 left' : `${duration(seconds)} left`;

export function progressBar({ settled, pairs }: ProgressState): string {
  const filled = pairs === 0 ? BAR_WIDTH : Math.floor((settled / pairs) * BAR_WIDTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

/** Shows the progress of an import: a bar on a terminal, else a line every few seconds. */
export class ProgressLine {
  readonly #stream: Streams['stderr'];
  readonly #update: ReturnType<typeof createLogUpdate> | undefined;
  #lastLineAt = Number.NEGATIVE_INFINITY;
  #lastLine = '';

  constructor(stream: Streams['stderr']) {
    this.#stream = stream;
    this.#update = staysInPlace(stream) ? createLogUpdate(stream) : undefined;
  }

  /** @param now milliseconds, from the same clock as `pace` */
  show(state: ProgressState, pace: ThroughputMeter, now: number): void {
    const text = progressText(state, pace);
    if (this.#update) {
      this.#update(`  ${progressBar(state)}  ${text}`);
    } else if (now - this.#lastLineAt >= LINE_EVERY_MS) {
      this.#lastLineAt = now;
      this.#write(text);
    }
  }

  /** Shows the final state and keeps it on the screen. */
  end(state: ProgressState, pace: ThroughputMeter): void {
    const text = progressText(state, pace);
    if (this.#update === undefined) {
      this.#write(text);
    } else {
      this.#update(`  ${progressBar(state)}  ${text}`);
      this.#update.done();
    }
  }

  #write(text: string): void {
    if (text !== this.#lastLine) this.#stream.write(`${text}\n`);
    this.#lastLine = text;
  }
}

/** Shows the progress of reading a large file on a terminal; writes nothing elsewhere. */
export class ReadingLine {
  readonly #update: ReturnType<typeof createLogUpdate> | undefined;

  constructor(stream: Streams['stderr']) {
    this.#update = staysInPlace(stream) ? createLogUpdate(stream) : undefined;
  }

  show({ rows, ordered }: IngestProgress): void {
    const read = `reading: ${rows.toLocaleString('en')} rows`;
    this.showText(ordered ? `${read}, ${ordered.toLocaleString('en')} pairs sorted` : read);
  }

  showText(text: string): void {
    this.#update?.(`  ${text}`);
  }

  /** Clears the line. */
  end(): void {
    this.#update?.clear();
    this.#update?.done();
  }
}
