import { z } from 'zod';
import { ImportId, PortalId } from './id-schemas.ts';
import { Outcome } from './import-schema.ts';
import { RowDetail } from './message-schema.ts';
import { PageQuery, pageOf } from './page-schema.ts';
import { Time } from './time-schema.ts';

/** The result of a pair, a duplicate or a reject. */
export const PairRecord = z.object({
  /** The first line of the row in the file. */
  line: z.int(),
  /** Ids of the group and the user; for rejects the cells of the file. */
  group: z.string(),
  user: z.string(),
  /** Name of the group; null when it has not been read. */
  groupName: z.string().nullable(),
  outcome: Outcome,
  /** For duplicates, for example, `of_line_12`. */
  reason: z.string().nullable(),
  /** The portal's error text, or what is wrong with the row. */
  detail: z.string().nullable(),
  /** Parts of `detail` as codes; empty when the text is the portal's. */
  details: z.array(RowDetail),
  /** Number of requests that contained the pair; null for rows that are not a pair. */
  attempts: z.int().nullable(),
  settledAt: Time.nullable(),
  /** Meaning of the outcome, and what to do about it (`remedy`). */
  meaning: z.string(),
  remedy: z.string().nullable(),
});
export type PairRecord = z.infer<typeof PairRecord>;

/** `GET /api/imports/:id/pairs` */
export const PairQuery = PageQuery.extend({
  outcome: Outcome.optional(),
  reason: z.string().min(1).max(100).optional(),
  group_id: PortalId.optional(),
  user_id: PortalId.optional(),
});
export type PairQuery = z.infer<typeof PairQuery>;

export const PairPage = pageOf(PairRecord);
export type PairPage = z.infer<typeof PairPage>;

/** `GET /api/imports/:id/results.csv` */
export const ResultsQuery = z.strictObject({
  outcome: Outcome.optional(),
  reason: z.string().min(1).max(100).optional(),
});

/** `GET /api/pairs`: either `user_id` or `email`. */
export const PersonQuery = PageQuery.extend({
  user_id: PortalId.optional(),
  /**
   * Finds the people that the address identified in any file, and rows where it identified no one;
   * case-insensitive.
   */
  email: z.string().trim().min(3).max(320).optional(),
});
export type PersonQuery = z.infer<typeof PersonQuery>;

/** A person's pair with its import. */
export const PersonRecord = PairRecord.extend({
  importId: ImportId,
  fileName: z.string(),
  /** E-mail address of the person in the import's file; null when the file contains none. */
  email: z.string().nullable(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

export const PersonPage = pageOf(PersonRecord);
export type PersonPage = z.infer<typeof PersonPage>;
