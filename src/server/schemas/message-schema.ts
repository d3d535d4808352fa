import { z } from 'zod';
import type { AuditDetailCode } from '../../messages/audit-details.ts';
import { auditDetailsEn } from '../../messages/en/audit-details-en.ts';
import { FIELD_FAULTS, type FieldFaultCode } from '../../messages/en/field-faults-en.ts';
import { ROW_DETAILS } from '../../messages/en/row-details-en.ts';
import type { RowDetailCode } from '../../messages/row-details.ts';

/** Values in a sentence: names, numbers, cells. */
export const Params = z.record(z.string(), z.union([z.string(), z.number()]));

const rowCodes = Object.keys(ROW_DETAILS) as RowDetailCode[];
const fieldCodes = Object.keys(FIELD_FAULTS) as FieldFaultCode[];
const auditCodes = Object.keys(auditDetailsEn) as AuditDetailCode[];

/** Detail of a row as code and params, so that it can be translated. */
export const RowDetail = z.object({ code: z.enum(rowCodes), params: Params });

/** Detail of an entry of the audit trail, likewise. */
export const AuditDetail = z.object({ code: z.enum(auditCodes), params: Params });

/** Problem of a field, likewise. */
export const FieldFault = z.object({ code: z.enum(fieldCodes), params: Params });

/** A problem that is stored, as text and as code. */
export const StoredProblem = z.object({
  title: z.string(),
  remedy: z.string(),
  /** As in problem details; null when there is only text. */
  code: z.string().nullable(),
  params: Params,
});
