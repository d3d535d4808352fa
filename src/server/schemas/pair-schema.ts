import { z } from 'zod';
import { PAIR_FINDINGS } from '../../domain/imports/import-check.ts';
import { MAX_ID } from '../../domain/pairs/ids.ts';
import { MOST_RECORDS, SORT_KEYS } from '../../domain/pairs/record-order.ts';
import { DELIMITERS } from '../../files/csv/delimiter.ts';
import { Digits, ImportId, PortalId } from './id-schemas.ts';
import { Outcome } from './import-schema.ts';
import { RowDetail } from './message-schema.ts';
import { Cursor, PageQuery, pageOf } from './page-schema.ts';
import { textUpTo } from './text-schema.ts';
import { Time } from './time-schema.ts';

/** The result of a pair, a duplicate or a reject. */
export const PairRecord = z.object({
  /** Place in the file, unique within the import; `places` and `place` of other requests accept it. */
  place: z.int(),
  /** The first line of the row in the file. */
  line: z.int(),
  /** Ids of the group and the user; for rejects the cells of the file. */
  group: z.string(),
  user: z.string(),
  /** Names of the group and the user; null when they have not been read. */
  groupName: z.string().nullable(),
  userName: z.string().nullable(),
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
  /** The cells in the file, if the row was corrected; otherwise null. */
  corrected: z.object({ group: z.string(), user: z.string() }).nullable(),
  /** Meaning of the outcome, and what to do about it (`remedy`). */
  meaning: z.string(),
  remedy: z.string().nullable(),
});
export type PairRecord = z.infer<typeof PairRecord>;

/** Most records that a request can name by their places. */
const MAX_PLACES = 500;

/** Text to search for. */
const SearchText = z.string().trim().min(1).max(200);

/** The criteria for records; a record must meet all that are given. */
const Criteria = {
  outcome: Outcome.optional(),
  reason: z.string().min(1).max(100).optional(),
  /**
   * A name, an e-mail address or an ID of a person or group, or words of a name; of rejected rows, a part of a
   * cell.
   */
  q: SearchText.optional(),
  /**
   * Only pairs of which the last check found this: the person is missing (not visible to the webhook), dismissed or
   * gets no notification; nobody can be invited into the group (`closed`); the person is a member or invited already
   * (`present`); or the invitation will fail (`failing`).
   */
  found: z.enum(PAIR_FINDINGS).optional(),
};

/** Criteria in an address. */
const CriteriaQuery = {
  ...Criteria,
  group_id: PortalId.optional(),
  user_id: PortalId.optional(),
  /** Only the records at these places. @example 1,5,9 */
  place: z
    .string()
    .regex(/^[1-9]\d{0,9}(,[1-9]\d{0,9}){0,499}$/)
    .transform((text) => text.split(',').map(Number))
    .optional(),
};

/** Criteria in a body. */
export const Selection = z.strictObject({
  ...Criteria,
  group_id: z.int().positive().max(MAX_ID).optional(),
  user_id: z.int().positive().max(MAX_ID).optional(),
  /** Only the records at these places. */
  places: z.array(z.int().positive().max(MAX_ID)).min(1).max(MAX_PLACES).optional(),
});
export type Selection = z.infer<typeof Selection>;

/** A key, and with `-` before it the reverse order. */
const Sort = z.enum([...SORT_KEYS, ...SORT_KEYS.map((key) => `-${key}` as const)]);

/**
 * `GET /api/imports/:id/pairs`. Without `q`, `place`, `found`, `sort` and `page`, records are read page by page with the
 * cursor alone.
 */
export const PairQuery = PageQuery.extend({
  ...CriteriaQuery,
  /** Of up to 5,000 records; more stay in the order of the file. */
  sort: Sort.optional(),
  /** From 1; within the first 5,000 records. */
  page: Digits.pipe(z.int().min(1).max(MOST_RECORDS)).optional(),
});
export type PairQuery = z.infer<typeof PairQuery>;

export const PairPage = z.object({
  items: z.array(PairRecord),
  next: Cursor.nullable(),
  /** Number of records that meet the criteria; null where they are not counted. */
  total: z.int().nullable(),
  /** Whether `total` is exact; false: at least that many. */
  isTotalExact: z.boolean(),
});
export type PairPage = z.infer<typeof PairPage>;

/** `GET /api/imports/:id/results.xlsx` */
export const ResultsQuery = z.strictObject(CriteriaQuery);
export type ResultsQuery = z.infer<typeof ResultsQuery>;

/** `GET /api/imports/:id/results.csv` */
export const ResultsCsvQuery = ResultsQuery.extend({
  /** Excel in Russian, German or French expects the semicolon. @default a comma */
  delimiter: z.enum(DELIMITERS).optional(),
});

/** `GET /api/people` */
export const PeopleQuery = z.strictObject({
  /** Words of a name. */
  q: SearchText,
});

/** People of any import whose names hold all words, at most 50. */
export const People = z.object({ items: z.array(z.object({ id: z.int(), name: z.string() })) });
export type People = z.infer<typeof People>;

/** `GET /api/pairs`: either `user_id` or `email`. */
export const PersonQuery = PageQuery.extend({
  user_id: PortalId.optional(),
  /** Finds people that the address stood for in any file, and rows where it stood for no one. */
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

/** A corrected cell of a rejected row. */
const Cell = textUpTo(1_000).trim();

/** `POST /api/imports/:id/corrections` */
export const Correction = z.strictObject({
  /** Place of the rejected row. */
  place: z.int().positive().max(MAX_ID),
  /** An ID or a name. @default the row's cell */
  group: Cell.optional(),
  /** An ID or an e-mail address. @default the row's cell */
  user: Cell.optional(),
  /** Correct all rows with the same group cell, at most 1,000 at once; only with `group`. */
  everywhere: z.boolean().optional(),
});
export type Correction = z.infer<typeof Correction>;

export const CorrectionResult = z.object({
  /** The row as it is now; `rejected` with what is still wrong, which is not stored. */
  record: PairRecord,
  /** Number of rows that are corrected now. */
  corrected: z.int(),
});
export type CorrectionResult = z.infer<typeof CorrectionResult>;
