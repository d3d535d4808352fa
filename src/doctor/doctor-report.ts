import type { CodedText } from '../domain/text/coded-text.ts';
import { CHECKS, type Check, type CheckStatus } from '../messages/en/set-up-checks-en.ts';
import {
  describeFinding,
  type FindingCode,
  type SetUpFinding,
  statusOf,
} from '../messages/findings.ts';

/** The result of one check, in words and as codes. */
export interface CheckResult {
  readonly check: Check;
  readonly status: CheckStatus;
  readonly code: FindingCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** Code and params of a problem that also occurs elsewhere in the program; mostly null. */
  readonly problem: CodedText | null;
  /** In English. */
  readonly found: string;
  /** In English; null where there is nothing to do. */
  readonly remedy: string | null;
}

/** The results of a check of the set-up, without secrets and without names of people. */
export interface Report {
  /** Of the program. */
  readonly version: string;
  readonly node: string;
  /** @example linux x64 */
  readonly platform: string;
  /** ISO 8601. */
  readonly checkedAt: string;
  /** Whether nothing failed. */
  readonly sound: boolean;
  readonly results: readonly CheckResult[];
}

export const isSound = (results: readonly CheckResult[]): boolean =>
  results.every(({ status }) => status !== 'failed');

/** @param redact masks in a text what must not appear in a report */
export function toResult(
  check: Check,
  { code, params, problem }: SetUpFinding,
  redact: (text: string) => string,
): CheckResult {
  const clean = cleaned(params, redact);
  // The same code with the same params; texts are still texts.
  const { found, remedy } = describeFinding({ code, params: clean } as SetUpFinding);
  const coded = problem && { code: problem.code, params: cleaned(problem.params, redact) };
  return {
    ...{ check, status: statusOf({ code }), code, params: clean, problem: coded ?? null },
    ...{ found, remedy },
  };
}

const cleaned = (
  params: Readonly<Record<string, string | number>>,
  redact: (text: string) => string,
): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? redact(value) : value,
    ]),
  );

/** @returns how many results there are of each status, such as “1 failed, 20 ok” */
export function countStatuses(results: readonly CheckResult[]): string {
  const order: readonly CheckStatus[] = ['failed', 'warning', 'ok', 'skipped'];
  return order
    .map((status) => [status, results.filter((result) => result.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${NAMES[status]}`)
    .join(', ');
}

const NAMES: Readonly<Record<CheckStatus, string>> = {
  ok: 'ok',
  warning: 'with a warning',
  failed: 'failed',
  skipped: 'not checked',
};

export const titleOf = (check: Check): string => CHECKS[check];
