import { Problem } from '../domain/errors/problem.ts';
import { explainLedgerError } from '../ledger/db/database.ts';
import type { Check } from '../messages/en/set-up-checks-en.ts';
import { finding, type SetUpFinding } from '../messages/findings.ts';
import { type CheckResult, toResult } from './doctor-report.ts';

/** Timeout of a check, in milliseconds; no check takes longer in a working set-up. */
const LONGEST_MS = 30_000;

class NoAnswer extends Error {
  readonly seconds: number;

  constructor(afterMs: number) {
    super('no answer');
    this.seconds = Math.round(afterMs / 1_000);
  }
}

/** Collects what checks find, one after the other; a failed check does not stop the others. */
export class Examination {
  readonly results: CheckResult[] = [];
  readonly #redact: (text: string) => string;

  /** @param redact see `redactor` */
  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  /** Whether a check was made and did not fail. */
  passed(check: Check): boolean {
    const found = this.results.find((result) => result.check === check);
    return found?.status === 'ok' || found?.status === 'warning';
  }

  /**
   * Makes a check, unless one that it depends on did not pass.
   *
   * @param act an error that it throws becomes its finding
   */
  async check(
    check: Check,
    needs: readonly Check[],
    act: () => SetUpFinding | Promise<SetUpFinding>,
  ): Promise<void> {
    const missing = needs.find((one) => !this.passed(one));
    if (missing === undefined) this.add(check, await attempt(act));
    else this.skip(missing, check);
  }

  /** Records checks that cannot be made, and the one that they need. */
  skip(needs: Check, ...checks: readonly Check[]): void {
    for (const check of checks) this.add(check, finding('not_checked', { needs }));
  }

  add(check: Check, found: SetUpFinding): void {
    this.results.push(toResult(check, found, this.#redact));
  }
}

export const problemFinding = ({ message, remedy, coded }: Problem): SetUpFinding<'problem'> => ({
  ...finding('problem', { said: message, remedy }),
  problem: coded,
});

export function errorFinding(
  thrown: unknown,
): SetUpFinding<'problem' | 'no_answer' | 'check_failed'> {
  const error = explainLedgerError(thrown);
  if (error instanceof Problem) return problemFinding(error);
  if (error instanceof NoAnswer) return finding('no_answer', { seconds: error.seconds });
  return finding('check_failed', { said: error instanceof Error ? error.message : String(error) });
}

async function attempt(act: () => SetUpFinding | Promise<SetUpFinding>): Promise<SetUpFinding> {
  try {
    return await inTime(act());
  } catch (error) {
    return errorFinding(error);
  }
}

/** @throws NoAnswer when it takes longer than `longestMs` */
export async function inTime<T>(act: T | Promise<T>, longestMs = LONGEST_MS): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new NoAnswer(longestMs)), longestMs);
  try {
    return await Promise.race([act, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
