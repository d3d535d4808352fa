import type { FindingCode, FindingParams } from './findings.ts';

/** How findings are said, by their codes: what was found, and what to do. */
export type FindingTemplates<Codes extends FindingCode = FindingCode> = {
  readonly [Code in Codes]: (params: FindingParams<Code>) => [found: string, remedy?: string];
};
