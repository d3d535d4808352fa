import { z } from 'zod';
import { Outcome } from './import-schema.ts';
import { PageQuery, pageOf } from './page-schema.ts';

/** A group of the file as the check before the start read it from the portal; null: not known. */
export const GroupCheck = z.object({
  id: z.int(),
  name: z.string().nullable(),
  /** False when the webhook cannot see it, or there is none; null when it could not be read. */
  visible: z.boolean().nullable(),
  mayInvite: z.boolean().nullable(),
  /** A collab: an invitation leaves the person pending. */
  collab: z.boolean(),
  archived: z.boolean(),
  /** Number of people in the group at that time. */
  size: z.int().nullable(),
  /** Pairs of the file in this group. */
  pairs: z.int(),
  /** People of the file who are members, or invited already or asking to join (`pending`). */
  members: z.int().nullable(),
  pending: z.int().nullable(),
  toInvite: z.int(),
  /** Pairs that are expected to fail; `banned` of them because of a ban from the group. */
  failing: z.int(),
  banned: z.int(),
  /** Pairs with people that the webhook cannot see; they are invited all the same if they exist. */
  unseen: z.int(),
});
export type GroupCheck = z.infer<typeof GroupCheck>;

/** Outcomes of one group's pairs. */
export const GroupFigures = z.object({
  id: z.int(),
  name: z.string().nullable(),
  /** Number of pairs, without duplicates and rejects. */
  pairs: z.int(),
  outcomes: z.record(Outcome, z.int()),
  check: GroupCheck.nullable(),
});
export type GroupFigures = z.infer<typeof GroupFigures>;

/** `GET /api/imports/:id/groups` */
export const GroupQuery = PageQuery.extend({
  /** `problems`: groups into which nobody can be invited first, then those with most failures. @default id */
  sort: z.enum(['id', 'problems']).optional(),
});

/** One page of an import's groups. */
export const GroupPage = pageOf(GroupFigures);
export type GroupPage = z.infer<typeof GroupPage>;
