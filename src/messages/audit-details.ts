import type { CodedText } from '../domain/text/coded-text.ts';
import { auditDetailsEn } from './en/audit-details-en.ts';
import { say } from './say.ts';

export type AuditDetailCode = keyof typeof auditDetailsEn;

/** @returns the detail of an entry of the audit trail */
export const auditDetail = <Code extends AuditDetailCode>(
  code: Code,
  params: Parameters<(typeof auditDetailsEn)[Code]>[0],
): CodedText<Code> => ({ code, params });

/** Whether this version has words for a stored text. */
export const isAuditDetail = (text: CodedText): text is CodedText<AuditDetailCode> =>
  text.code in auditDetailsEn;

/** @returns the detail in English */
export const describeAuditDetail = (detail: CodedText): string =>
  say(auditDetailsEn, detail) ?? detail.code;
