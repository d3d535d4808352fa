import type { CheckStatus } from './en/set-up-checks-en.ts';

/** A finding's status, what was found, and what to do, empty where there is nothing to do. */
export type FindingEntry = readonly [status: CheckStatus, found: string, remedy: string];
