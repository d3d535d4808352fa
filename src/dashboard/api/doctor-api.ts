import type { z } from 'zod';
import type {
  CheckResult as CheckResultSchema,
  DoctorReport as DoctorReportSchema,
} from '../../server/schemas/doctor-schema.ts';
import { post } from './request.ts';

export type CheckResult = z.infer<typeof CheckResultSchema>;
export type DoctorReport = z.infer<typeof DoctorReportSchema>;

/** @param group also checks the rights of the webhook in this group */
export const checkSetUp = (group: number | undefined) =>
  post<DoctorReport>('/api/doctor', group === undefined ? {} : { group });
