import type { CodedText } from '../domain/text/coded-text.ts';
import { fill, type Params } from './templates.ts';

/** What an entry of the audit trail says beyond its action. */
export const AUDIT_DETAILS = {
  rows_and_pairs: '{file}, {#rows} rows, {#pairs} pairs',
  rows: '{file}, {#rows} rows',
  pairs: '{#pairs} pairs',
  until: 'until {time}',
  file: '{file}',
  replaces: 'import {#id}',
  hold: '{error}: {description}',
  verbatim: '{text}',
} as const;

export type AuditDetailCode = keyof typeof AUDIT_DETAILS;

/** @returns the detail with its params, which are those that its template names */
export const auditDetail = <Code extends AuditDetailCode>(
  code: Code,
  params: Params<(typeof AUDIT_DETAILS)[Code]>,
): CodedText<Code> => ({ code, params });

/** Whether a stored text is one that this version has words for. */
export const isAuditDetail = (text: CodedText): text is CodedText<AuditDetailCode> =>
  text.code in AUDIT_DETAILS;

/** @returns the detail in English */
export function describeAuditDetail({ code, params }: CodedText): string {
  const templates: Readonly<Record<string, string | undefined>> = AUDIT_DETAILS;
  return fill(templates[code] ?? code, params);
}
