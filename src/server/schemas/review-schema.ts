import { z } from 'zod';
import { CHOICES } from '../../files/choices/format-choices.ts';
import { FirstRows } from './format-schema.ts';
import { GroupCheck } from './group-schema.ts';
import { ImportId } from './id-schemas.ts';
import { Import } from './import-schema.ts';
import { PairRecord } from './pair-schema.ts';
import { Time } from './time-schema.ts';

/** People to point out: their number, and the first of them. */
const PeopleNoted = z.object({
  count: z.int(),
  first: z.array(z.object({ id: z.int(), name: z.string().nullable() })),
});

/** Estimated duration of the import under the portal's limits. */
export const Forecast = z.object({
  seconds: z.number(),
  /** The limit that determines the duration. */
  limit: z.enum(['requests', 'work', 'operating']),
  requests: z.int(),
  /** Server seconds per invitation in this estimate. */
  costPerInviteSeconds: z.number(),
  /** No invitation was measured yet: the cost, and so the estimate, is a guess. */
  assumed: z.boolean(),
});

/** Result of checking the people and groups of the file on the portal; nothing was sent to anyone. */
export const PortalCheck = z.object({
  checkedAt: Time,
  /** Scopes that the webhook lacks; the data that needs them is missing. */
  notShown: z.array(z.string()),
  /** Number of different people in the file. */
  people: z.int(),
  /** Number of invitations that would be sent, and of people who would be notified. */
  invitations: z.object({ pairs: z.int(), people: z.int() }),
  forecast: Forecast,
  groups: z.object({
    count: z.int(),
    invisible: z.int(),
    /** Visible, but the webhook may not invite into them. */
    notAllowed: z.int(),
    /** Groups that could not be read, and their pairs; the result for these is not known. */
    unread: z.int(),
    unreadPairs: z.int(),
    /** Collabs and archived groups with invitations to send. */
    collabs: z.int(),
    archived: z.int(),
    pairs: z.int(),
    members: z.int(),
    pending: z.int(),
    toInvite: z.int(),
    failing: z.int(),
    unseen: z.int(),
    /** The first groups, those with the most failing pairs before others; `/groups` lists all. */
    first: z.array(GroupCheck),
  }),
  /** People that the webhook cannot see. */
  missing: PeopleNoted,
  /** Dismissed people, who would be invited all the same. */
  dismissed: PeopleNoted,
  /** Extranet users who never logged in: they would be invited, but get no notification. */
  unnotified: PeopleNoted,
  /** Number of invitation texts that the filter of a self-hosted portal may change. */
  filteredTexts: z.int(),
  /**
   * The last import that ended, if it invited no one and the portal gave no reason: workgroups may be switched off
   * there; otherwise null.
   */
  switchedOffAfter: ImportId.nullable(),
});
export type PortalCheck = z.infer<typeof PortalCheck>;

/** `GET /api/imports/:id/review`: everything to review before the start. */
export const Review = z.object({
  import: Import,
  /** What was chosen for this header in an earlier import, and so used again; null when nothing was. */
  remembered: z.array(z.enum(CHOICES)).nullable(),
  /** The newest started import of the same bytes for the same portal; null when there is none. */
  earlier: z.object({ id: ImportId, startedAt: Time, invited: z.int() }).nullable(),
  /** The first rows of the file, without the header. */
  firstRows: FirstRows,
  /** The first pairs and rejects from these rows. */
  firstPairs: z.array(PairRecord),
  /** `pairs` + `duplicates` + `rejects` = `total`. */
  counts: z.object({
    rows: z.int(),
    /** Rows without any pair. */
    rejectedRows: z.int(),
    /** Rows with an invitation text that stands for none, such as `NULL`; it is read as empty. */
    emptyTexts: z.int(),
    total: z.int(),
    pairs: z.int(),
    duplicates: z.int(),
    rejects: z.int(),
  }),
  rejects: z.object({
    first: z.array(PairRecord),
    /** Address of a CSV with all rejects. */
    csv: z.string(),
  }),
  /** The invitation text for rows without their own text. */
  message: z.object({ text: z.string().nullable(), length: z.int() }),
  /** Null until the check is complete, and when it was not possible (see `import.problem`). */
  portal: PortalCheck.nullable(),
});
export type Review = z.infer<typeof Review>;
