import { z } from 'zod';
import { ROW_DETAILS, type RowDetailCode } from '../../domain/row-details.ts';

/** What stands in a sentence: names, numbers, cells. */
export const Params = z.record(z.string(), z.union([z.string(), z.number()]));

const codes = Object.keys(ROW_DETAILS) as RowDetailCode[];

/** What is told of a row, so that it can be said in another language. */
export const RowDetail = z.object({ code: z.enum(codes), params: Params });
