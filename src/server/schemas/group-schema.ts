import { z } from 'zod';
import { Outcome } from './import-schema.ts';
import { PageQuery, pageOf } from './page-schema.ts';

/** A group of the file as the portal showed it at the check before the start; null: not told. */
export const GroupCheck = z.object({
  id: z.int(),
  name: z.string().nullable(),
  /** One that is not visible to the webhook may as well not exist; null: it could not be read. */
  visible: z.boolean().nullable(),
  mayInvite: z.boolean().nullable(),
  /** People in the group at that time. */
  size: z.int().nullable(),
  /** Of the file. */
  pairs: z.int(),
  /** Those of the file who are members already, and who are invited already or ask to join. */
  members: z.int().nullable(),
  pending: z.int().nullable(),
  toInvite: z.int(),
  /** Pairs that will fail, as far as can be told. */
  failing: z.int(),
});
export type GroupCheck = z.infer<typeof GroupCheck>;

/** `GET /api/imports/:id/groups`, by number. */
export const GroupQuery = PageQuery;

/** What became of one group's pairs. */
export const GroupFigures = z.object({
  id: z.int(),
  name: z.string().nullable(),
  /** Duplicates and rejects are no pairs. */
  pairs: z.int(),
  outcomes: z.record(Outcome, z.int()),
  check: GroupCheck.nullable(),
});
export type GroupFigures = z.infer<typeof GroupFigures>;

export const GroupPage = pageOf(GroupFigures);
export type GroupPage = z.infer<typeof GroupPage>;
