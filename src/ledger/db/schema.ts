import type { ColumnDefinitionBuilder, Generated, Kysely, RawBuilder } from 'kysely';
import type { StoredImportState } from '../../domain/imports/import.ts';
import type { EarlierRelation, PersonState } from '../../domain/imports/import-check.ts';
import type {
  OrderKind,
  OrderReason,
  OrderResult,
  OrderState,
} from '../../domain/imports/order.ts';
import type { GroupStep } from '../../domain/imports/waiting-group.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { Limit } from '../../domain/time/makespan.ts';

/** Times are milliseconds since 1970; `seq` is a record's place in the source, from 1. */
export interface Schema {
  ledger: { id: string };
  imports: ImportTable;
  messages: { id: Generated<number>; import_id: number; digest: string; text: string };
  pairs: PairTable;
  pair_keys: PairKeyTable;
  row_issues: RowIssueTable;
  /** Rejected rows that were corrected, with their cells in the file. */
  corrections: { import_id: number; seq: number; group_cell: string; user_cell: string };
  tallies: { import_id: number; outcome: Outcome; reason: string; count: number };
  chunks: ChunkTable;
  sent_pairs: SentPairTable;
  holds: HoldTable;
  audit: AuditTable;
  orders: OrderTable;
  order_chunks: OrderChunkTable;
  order_pairs: OrderPairTable;
  retries: RetryTable;
  /** The chosen pairs of retries that have `is_part`, until the import finishes. */
  retry_pairs: { import_id: number; retry_id: number; seq: number };
  checks: CheckTable;
  group_checks: GroupCheckTable;
  user_checks: UserCheckTable;
  /** Pairs that the check found to need no invitation, or that the group has banned. */
  earlier_relations: {
    import_id: number;
    group_id: GroupId;
    user_id: UserId;
    relation: Generated<EarlierRelation>;
  };
  /** The pairs that a trial sends, with the numbers of their chunks. */
  trial_pairs: { import_id: number; seq: number; chunk: number };
  group_names: GroupNameTable;
  /** Names of people, as the portal returned them at that time. */
  user_names: { import_id: number; user_id: UserId; name: string };
  group_tallies: GroupTallyTable;
  group_waits: GroupWaitTable;
  minute_tallies: MinuteTallyTable;
  user_blocks: UserBlockTable;
  import_emails: ImportEmailTable;
  notices: NoticeTable;
  idempotency_keys: IdempotencyKeyTable;
  /** Choices of format by header; see `remembered-choices.ts`. */
  remembered_choices: {
    header_key: string;
    line_key: string | null;
    choices: string;
    used_at: number;
  };
  import_choices: ImportChoicesTable;
  /** Imports that were removed, each with the import that replaces it. */
  import_redirects: { import_id: number; target: number };
}

export interface ImportChoicesTable {
  import_id: number;
  header_key: string;
  line_key: string | null;
  choices: string;
  /** Null when none of the choices were remembered ones. */
  remembered: string | null;
}

export interface ImportTable {
  id: Generated<number>;
  file_name: string;
  file_digest: string;
  /** Host of the portal that the import is for. */
  portal: string;
  message: string | null;
  /** `removed`: the import is invisible, and its rows are being deleted. */
  state: StoredImportState | 'removed';
  /** Data rows of the file, and those without a pair. */
  row_count: number;
  rejected_row_count: Generated<number>;
  /** Rows with an invitation text that stands for none, such as `NULL`. */
  empty_text_count: Generated<number>;
  /** Records that the rows expand to: pairs, duplicates and rejects. */
  pair_count: Generated<number>;
  /** Format that the file was read with; empty when it is not known. */
  format: Generated<string>;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  /** When it was moved to the archive; null when it is not there. */
  archived_at: Generated<number | null>;
  /** Milliseconds in state `running` before `running_since`; null when that is not known. */
  worked_ms: number | null;
  /** Null while it does not run. */
  running_since: number | null;
  /** 1 while the results of the import are still to be delivered to the user who started it, else 0. */
  results_due: 0 | 1;
  /** Number of pairs in `trial_pairs`, the only ones to send now; null without a trial. */
  trial: Generated<number | null>;
  /** Why the file could not be read, or the portal not queried, as JSON; null without a problem. */
  problem: Generated<string | null>;
  /** End of the lease on reading the file; 0 without a lease. */
  lease_until: Generated<number>;
  /** Holder of that lease; null without a lease. */
  lease_holder: string | null;
}

export interface PairTable {
  import_id: number;
  seq: number;
  line: number;
  group_id: GroupId;
  user_id: UserId;
  /** Null for the import's message. */
  message_id: number | null;
  outcome: Outcome;
  reason: string | null;
  detail: string | null;
  /** Requests with this pair that were executed, or possibly executed. */
  attempts: number;
  settled_at: number | null;
  /** The last retry that set it to pending; null for none. */
  retry_id: number | null;
}

/** Place of a pair in the source, by group and user, which are unique within an import. */
export interface PairKeyTable {
  import_id: number;
  group_id: GroupId;
  user_id: UserId;
  seq: number;
}

export interface RowIssueTable {
  import_id: number;
  seq: number;
  line: number;
  outcome: 'rejected' | 'duplicate';
  reason: string;
  detail: string | null;
  group_cell: string;
  user_cell: string;
  /** The user's cell, normalized like an email address, see `emailKey`. */
  user_key: Generated<string>;
}

/** A chunk is a range of an import's pairs ordered by group and user, both ends included. */
export interface ChunkTable {
  import_id: number;
  number: number;
  first_group: GroupId;
  first_user: UserId;
  last_group: GroupId;
  last_user: UserId;
  unsettled: number;
  /** Turn that works on the chunk now; a claim by another one replaces it. */
  owner: string | null;
  /** Retry that still has to set pairs of the chunk to pending; null for none. */
  retry_id: number | null;
}

/**
 * Pairs that were sent in a request and have no recorded outcome yet. The key prevents a pair from
 * being in two requests, over all imports.
 */
export interface SentPairTable {
  portal: string;
  group_id: GroupId;
  user_id: UserId;
  import_id: number;
  seq: number;
  chunk: number;
  request_id: string;
  /**
   * `sent`: no answer yet. `silent`: no answer came, and the portal answered no other request either.
   * `left_out`: answered, without naming the pair.
   */
  phase: 'sent' | 'silent' | 'left_out';
  /** The order whose request it is, of which `chunk` is a part then; null for an invitation. */
  order_id: number | null;
  /** When it was marked, and when the portal has certainly ended the request; the ledger's clock. */
  sent_at: Generated<number>;
  ends_by: number;
}

/** A hold: the portal refuses all requests until the cause is fixed. */
export interface HoldTable {
  portal: string;
  code: string;
  description: string;
  since: number;
  probes: number;
  probe_at: number;
  /** When the current probe began; null without a probe. */
  tried_since: number | null;
}

/** A retry of an import. */
export interface RetryTable {
  id: Generated<number>;
  import_id: number;
  at: number;
  /** Only pairs with this reason; null for every reason that another try can help. */
  reason: string | null;
  /** 1 when only chosen pairs are retried, see `retry_pairs`. */
  is_part: Generated<0 | 1>;
  /** Pairs that were set to pending, and those of them that were invited since then. */
  pairs: Generated<number>;
  invited: Generated<number>;
  /** When its result was recorded, or another order ended it. */
  ended_at: number | null;
}

/** What a user ordered for the invited people of an import, such as withdrawing their invitations. */
export interface OrderTable {
  id: Generated<number>;
  import_id: number;
  kind: OrderKind;
  state: OrderState;
  actor: string;
  /** Text of a reminder; null without one. */
  message: string | null;
  /** No person is reminded twice within so many days; null for other kinds. */
  every_days: number | null;
  /** What the preview read of the portal: see `OrderMeans`. Null until it begins to read. */
  means: string | null;
  /** Why the preview could not be read, as JSON; null without a problem. */
  problem: string | null;
  /** Pairs that the preview has read, and all pairs that it reads. */
  read_count: Generated<number>;
  pair_count: number;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
}

/** A part of an order that one turn works on. */
export interface OrderChunkTable {
  order_id: number;
  number: number;
  import_id: number;
  /** Pairs without a result. */
  unsettled: number;
  owner: string | null;
}

/** A pair of an order, with what the preview or the execution found. */
export interface OrderPairTable {
  order_id: number;
  seq: number;
  import_id: number;
  chunk: number;
  group_id: GroupId;
  user_id: UserId;
  /** Null: to be done. */
  result: OrderResult | null;
  reason: OrderReason | null;
  detail: string | null;
  attempts: Generated<number>;
  settled_at: number | null;
}

export interface AuditTable {
  id: Generated<number>;
  import_id: number | null;
  /** Portal that it concerns; null for an entry of an import. */
  portal: Generated<string | null>;
  at: number;
  actor: string;
  action: string;
  detail: string | null;
}

/** A completed check of an import. */
export interface CheckTable {
  import_id: number;
  checked_at: number;
  /** Missing scopes, comma-separated, without which the check is incomplete. */
  not_shown: string;
  people: number;
  invited_pairs: number;
  invited_people: number;
  seconds: number;
  bound_by: Limit;
  requests: number;
  cost_seconds: number;
  cost_assumed: 0 | 1;
  filtered_texts: number;
}

export interface GroupCheckTable {
  import_id: number;
  group_id: GroupId;
  name: string | null;
  /** Meaningless for a group that was not read. */
  visible: 0 | 1;
  unread: 0 | 1;
  may_invite: 0 | 1 | null;
  size: number | null;
  pairs: number;
  members: number | null;
  pending: number | null;
  to_invite: number;
  failing: number;
  banned: number;
  unseen: number;
  collab: 0 | 1;
  archived: 0 | 1;
}

export interface UserCheckTable {
  import_id: number;
  user_id: UserId;
  state: PersonState;
  name: string | null;
}

/** Names of groups that the file contains, or that were read after the start. */
export interface GroupNameTable {
  import_id: number;
  group_id: GroupId;
  /** Null where the portal does not return one. */
  name: string | null;
  /** The name as it stands in the file; null where the file has the id. */
  cell: string | null;
}

/** Number of a group's pairs per outcome. */
export interface GroupTallyTable {
  import_id: number;
  group_id: GroupId;
  outcome: Outcome;
  count: number;
}

/** A group of a chunk after a failed try; its pairs wait for the next try. */
export interface GroupWaitTable {
  import_id: number;
  chunk: number;
  group_id: GroupId;
  step: GroupStep;
  /** Code and text of the portal's error. */
  code: string;
  description: string;
  /** Consecutive failures. */
  failures: number;
  since: number;
  next_at: number;
}

/** Number of pairs that got an outcome in one minute, counted in minutes since 1970. */
export interface MinuteTallyTable {
  import_id: number;
  minute: number;
  invited: number;
  settled: number;
}

/** Places of the pairs of some users of an import. */
export interface UserBlockTable {
  id: Generated<number>;
  import_id: number;
  first_user: UserId;
  last_user: UserId;
  /** Sorted by user: all user ids as 32-bit numbers, then all places in the source as 64-bit floats. */
  pairs: Uint8Array;
}

/** User behind an email address in an import's file, as the portal returned it at that time. */
export interface ImportEmailTable {
  import_id: number;
  user_id: UserId;
  /** Normalized for comparison, see `emailKey`. */
  email: string;
}

/** A notice that is still to be delivered outside; it is deleted after delivery. */
export interface NoticeTable {
  id: Generated<number>;
  /** Identifies the notice over all deliveries. */
  key: string;
  event: string;
  portal: string;
  /** Import that it concerns; null for the portal. */
  import_id: number | null;
  /** JSON. */
  body: string;
  created_at: number;
  due_at: number;
  attempts: Generated<number>;
  /** End of the lease of the process that delivers it; 0 without one. */
  claimed_until: Generated<number>;
}

/** Import that resulted from a request with an idempotency key. */
export interface IdempotencyKeyTable {
  key: string;
  /** Distinguishes the content of the request. */
  fingerprint: string;
  import_id: number;
  /** 1 when the request created the import, 0 when it found an existing one. */
  has_created: 0 | 1;
  created_at: number;
}

/** A connection to the ledger, or a transaction on it. */
export type Db = Kysely<Schema>;

/** The parts of table definitions that differ between databases. */
export interface SchemaParts {
  serialType: 'integer' | 'serial';
  serialKey: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  bytesType: 'blob' | 'bytea';
  /** Suffix of `create table` that stores rows in the order of the primary key. */
  clusteredTable: RawBuilder<unknown>;
  /** Names of the functions that build JSON. */
  json: { array: 'json_array' | 'json_build_array'; object: 'json_object' | 'json_build_object' };
  /** Schema that the tables are in; undefined where the database has no schemas. */
  ownSchema: (db: Db) => Promise<string | undefined>;
}
