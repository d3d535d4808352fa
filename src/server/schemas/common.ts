import { z } from 'zod';
import { MAX_ID } from '../../domain/ids.ts';

/** A moment, as ISO 8601 in UTC. */
export const Time = z.iso.datetime().meta({ examples: ['2026-11-24T12:00:00.000Z'] });

/** The number of an import. */
export const ImportId = z.coerce.number().int().positive();

/** The number of a group or a person on the portal. */
export const PortalId = z.coerce.number().int().positive().max(MAX_ID);

/** Where the next page begins; nobody need know what is in it. */
export const Cursor = z.string().max(200).meta({ description: 'next of the page before' });

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 500;

/** What every list takes. */
export const PageQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** One page of a list; `next` is null on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: Cursor.nullable() });

/** The path of whatever belongs to one import. */
export const ImportPath = z.object({ id: ImportId });
