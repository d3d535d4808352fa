import { z } from 'zod';
import { Digits } from './id-schemas.ts';

/** Start of the next page; the content is opaque. */
export const Cursor = z.string().max(200).meta({ description: 'next of the previous page' });

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

/** Query parameters of every list. */
export const PageQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: Digits.pipe(z.int().min(1).max(MAX_LIMIT)).default(DEFAULT_LIMIT),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** One page of a list; `next` is null on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: Cursor.nullable() });
