import { z } from 'zod';
import { GroupCheck } from './group-schema.ts';
import { Import } from './import-schema.ts';
import { PairRecord } from './pair-schema.ts';
import { Time } from './time-schema.ts';

/** People worth telling, the first of them. */
const PeopleNoted = z.object({
  count: z.int(),
  first: z.array(z.object({ id: z.int(), name: z.string().nullable() })),
});

/** How long the import will take under the portal's limits. */
export const Forecast = z.object({
  seconds: z.number(),
  /** What keeps it from being done sooner. */
  limit: z.enum(['requests', 'work', 'operating']),
  requests: z.int(),
  /** Server seconds of one invitation that this rests on; `assumed` when nobody learned it yet. */
  costPerInviteSeconds: z.number(),
  assumed: z.boolean(),
});

/** What the portal says about the file's people and groups; nothing was sent to anybody. */
export const PortalCheck = z.object({
  checkedAt: Time,
  /** Scopes that the webhook lacks: what they would tell is not told. */
  notShown: z.array(z.string()),
  /** Different people of the file. */
  people: z.int(),
  /** Invitations that would go out, and how many people would be notified. */
  invitations: z.object({ pairs: z.int(), people: z.int() }),
  forecast: Forecast,
  groups: z.object({
    count: z.int(),
    invisible: z.int(),
    /** Visible, but the webhook may not invite into them. */
    notAllowed: z.int(),
    /** Could not be read, and the pairs in them: what becomes of these is not told. */
    unread: z.int(),
    unreadPairs: z.int(),
    pairs: z.int(),
    members: z.int(),
    pending: z.int(),
    toInvite: z.int(),
    failing: z.int(),
    /** The first, those with the most failing pairs before others; all: `/groups`. */
    first: z.array(GroupCheck),
  }),
  /** Whom the portal does not list. */
  missing: PeopleNoted,
  /** Who are dismissed, and would be invited all the same. */
  dismissed: PeopleNoted,
});
export type PortalCheck = z.infer<typeof PortalCheck>;

/** `GET /api/imports/:id/review`: all that a person should see before the start. */
export const Review = z.object({
  import: Import,
  /** The first rows as they stand in the file, the header left out. */
  firstRows: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })),
  /** The first pairs and rejects that these were read as. */
  firstPairs: z.array(PairRecord),
  /** `pairs` + `duplicates` + `rejects` = all that the rows come to. */
  counts: z.object({
    rows: z.int(),
    /** Rows in which nothing can be a pair. */
    rejectedRows: z.int(),
    total: z.int(),
    pairs: z.int(),
    duplicates: z.int(),
    rejects: z.int(),
  }),
  rejects: z.object({
    first: z.array(PairRecord),
    /** Where to get a CSV of all of them. */
    csv: z.string(),
  }),
  /** The invitation text for rows without one of their own. */
  message: z.object({ text: z.string().nullable(), length: z.int() }),
  /** Null until the portal was asked, and when it could not be (`import.problem` tells why). */
  portal: PortalCheck.nullable(),
});
export type Review = z.infer<typeof Review>;
