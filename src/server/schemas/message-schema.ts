import { z } from 'zod';
import { AUDIT_DETAILS, type AuditDetailCode } from '../../messages/audit-details.ts';
import { FIELD_FAULTS, type FieldFaultCode } from '../../messages/field-faults.ts';
import { ROW_DETAILS, type RowDetailCode } from '../../messages/row-details.ts';

/** What stands in a sentence: names, numbers, cells. */
export const Params = z.record(z.string(), z.union([z.string(), z.number()]));

const rowCodes = Object.keys(ROW_DETAILS) as RowDetailCode[];
const fieldCodes = Object.keys(FIELD_FAULTS) as FieldFaultCode[];
const auditCodes = Object.keys(AUDIT_DETAILS) as AuditDetailCode[];

/** What is told of a row, so that it can be said in another language. */
export const RowDetail = z.object({ code: z.enum(rowCodes), params: Params });

/** What the trail tells beyond the action, likewise. */
export const AuditDetail = z.object({ code: z.enum(auditCodes), params: Params });

/** What is wrong with a field, likewise. */
export const FieldFault = z.object({ code: z.enum(fieldCodes), params: Params });
