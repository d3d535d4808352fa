import type { CodedText } from '../domain/text/coded-text.ts';
import { GENERAL_FINDINGS } from './en/findings/general-findings-en.ts';
import { LEDGER_FINDINGS } from './en/findings/ledger-findings-en.ts';
import { MACHINE_FINDINGS } from './en/findings/machine-findings-en.ts';
import { PORTAL_FINDINGS } from './en/findings/portal-findings-en.ts';
import { REDIS_FINDINGS } from './en/findings/redis-findings-en.ts';
import { CHECKS, type CheckStatus } from './en/set-up-checks-en.ts';
import { fill, type Params } from './templates.ts';

/** All that a check of the set-up can find, with its words. */
export const FINDINGS = {
  ...GENERAL_FINDINGS,
  ...MACHINE_FINDINGS,
  ...LEDGER_FINDINGS,
  ...REDIS_FINDINGS,
  ...PORTAL_FINDINGS,
};

export type FindingCode = keyof typeof FINDINGS;

/** What fills the words of a finding. */
export type FindingParams<Code extends FindingCode> =
  Params<`${(typeof FINDINGS)[Code][1]} ${(typeof FINDINGS)[Code][2]}`>;

/** One of the findings with these codes. */
export type SetUpFinding<Code extends FindingCode = FindingCode> = {
  [One in Code]: {
    readonly code: One;
    readonly params: FindingParams<One>;
    /** Of a `problem` whose words the page has in other languages. */
    readonly problem?: CodedText | undefined;
  };
}[Code];

/** @returns the finding with its params */
export const finding = <Code extends FindingCode>(code: Code, params: FindingParams<Code>) =>
  ({ code, params }) as SetUpFinding<Code>;

export const statusOf = ({ code }: { code: FindingCode }): CheckStatus => FINDINGS[code][0];

/** @returns in English what was found, and what to do: null where there is nothing to do */
export function describeFinding({ code, params }: SetUpFinding): {
  found: string;
  remedy: string | null;
} {
  const shown = 'needs' in params ? { ...params, needs: titleOf(params.needs) } : params;
  const [, found, remedy] = FINDINGS[code];
  return { found: fill(found, shown), remedy: fill(remedy, shown) || null };
}

const titleOf = (check: string): string => {
  const titles: Readonly<Record<string, string>> = CHECKS;
  return titles[check] ?? check;
};
