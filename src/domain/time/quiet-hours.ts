import { parseQuietRule, type QuietRule } from './quiet-rule.ts';

const MINUTE_MS = 60_000;
/** Quiet hours usually begin and end at a quarter of an hour; estimates step that far. */
const QUARTER_MS = 15 * MINUTE_MS;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
/** Longest time that is searched for an end of quiet hours, in milliseconds: a week and a change of the clock. */
const SEARCHED_MS = WEEK_MS + 24 * 60 * MINUTE_MS;
/** A Monday. */
const SAMPLE_WEEK = Date.parse('2026-06-01T00:00:00Z');

/**
 * The times at which no invitation leaves. They are times on the wall: when the clocks change, an hour that
 * comes twice is quiet twice, and one that is left out is not waited for. Moments are milliseconds since 1970.
 */
export class QuietHours {
  readonly #rules: readonly QuietRule[];
  /** The quiet time that was searched last: every chunk of an import asks for the same end. */
  #last = { from: 0, to: 0 };

  private constructor(rules: readonly QuietRule[]) {
    this.#rules = rules;
  }

  /**
   * @param text `20:00-08:00 Europe/Berlin`, with days before the zone (`Sat,Sun`); several with `;` between
   * @returns what is wrong with the text if it is not valid
   */
  static parse(text: string): QuietHours | string {
    const rules: QuietRule[] = [];
    for (const part of text.split(';')) {
      const rule = parseQuietRule(part.trim());
      if (typeof rule === 'string') return rule;
      rules.push(rule);
    }
    const hours = new QuietHours(rules);
    const isNever = hours.nextAllowed(SAMPLE_WEEK) >= SAMPLE_WEEK + WEEK_MS;
    return isNever ? 'leaves no time in the week at which invitations may leave' : hours;
  }

  isQuiet(at: number): boolean {
    return this.#rules.some((rule) => rule.isQuiet(at));
  }

  /** @returns the moment itself unless it is quiet, else the end of the quiet time */
  nextAllowed(at: number): number {
    if (!this.isQuiet(at)) return at;
    if (at >= this.#last.from && at < this.#last.to) return this.#last.to;
    let to = nextMultiple(at, MINUTE_MS);
    while (this.isQuiet(to) && to < at + SEARCHED_MS) to += MINUTE_MS;
    this.#last = { from: at, to };
    return to;
  }

  /** @returns the end of the quiet time; undefined unless it is quiet */
  quietUntil(at: number): Date | undefined {
    return this.isQuiet(at) ? new Date(this.nextAllowed(at)) : undefined;
  }

  /**
   * @param forMs how long something may take that must not touch quiet time; less than a minute
   * @returns the first moment from which none of that time is quiet
   */
  allowedFrom(at: number, forMs: number): number {
    const from = this.nextAllowed(at);
    // Quiet time begins and ends with a minute, so that the end of less than a minute shows it.
    return this.isQuiet(from + forMs) ? this.nextAllowed(from + forMs) : from;
  }

  /** @returns seconds until the end of work that begins at a moment and rests in quiet time */
  secondsWithRests(at: number, workSeconds: number): number {
    let end = at;
    for (let left = workSeconds * 1_000; left > 0; ) {
      end = this.nextAllowed(end);
      const step = Math.min(left, nextMultiple(end, QUARTER_MS) - end);
      end += step;
      left -= step;
    }
    return (end - at) / 1_000;
  }
}

const nextMultiple = (at: number, of: number): number => (Math.floor(at / of) + 1) * of;
