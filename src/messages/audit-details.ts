import { Phrases } from './phrases.ts';

/** What the trail tells beyond the action; kept as text. */
export const AUDIT_DETAILS = {
  rows_and_pairs: '{file}, {#rows} rows, {#pairs} pairs',
  rows: '{file}, {#rows} rows',
  pairs: '{#pairs} pairs',
  until: 'until {time}',
} as const;

export type AuditDetailCode = keyof typeof AUDIT_DETAILS;

export const auditDetails = new Phrases(AUDIT_DETAILS);
