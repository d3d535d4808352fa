import { z } from 'zod';
import { ImportId, PortalId } from './id-schemas.ts';
import { Outcome } from './import-schema.ts';
import { RowDetail } from './message-schema.ts';
import { PageQuery, pageOf } from './page-schema.ts';
import { Time } from './time-schema.ts';

/** What became of a pair, a duplicate or a reject. */
export const PairRecord = z.object({
  /** The first line of the row in the file. */
  line: z.int(),
  /** The ids; for rejects the cells as they stand in the file. */
  group: z.string(),
  user: z.string(),
  /** The group's name, where the check before the start has read it. */
  groupName: z.string().nullable(),
  outcome: Outcome,
  /** Duplicates: `of_line_12`. */
  reason: z.string().nullable(),
  /** The portal's own words, or what is wrong with the row. */
  detail: z.string().nullable(),
  /** The same for programs, piece by piece; empty where the words are the portal's. */
  details: z.array(RowDetail),
  /** Requests that held it; null for rows that are no pair. */
  attempts: z.int().nullable(),
  settledAt: Time.nullable(),
  /** What the outcome means, and what to do about it. */
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

/** `GET /api/pairs`: one of the two. */
export const PersonQuery = PageQuery.extend({
  user_id: PortalId.optional(),
  /** Finds whomever it stood for in any file, and rows in which it is nobody's; in any case. */
  email: z.string().trim().min(3).max(320).optional(),
});
export type PersonQuery = z.infer<typeof PersonQuery>;

/** A person's pair with the import that it belongs to. */
export const PersonRecord = PairRecord.extend({
  importId: ImportId,
  fileName: z.string(),
  /** The address by which the import's file names the person; null where it does not. */
  email: z.string().nullable(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

export const PersonPage = pageOf(PersonRecord);
export type PersonPage = z.infer<typeof PersonPage>;
