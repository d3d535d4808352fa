import type { ColumnDefinitionBuilder, Generated, Kysely, RawBuilder } from 'kysely';
import type { StoredImportState } from '../../domain/imports/import.ts';
import type { GroupStep } from '../../domain/imports/waiting-group.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { Outcome } from '../../domain/pairs/outcome.ts';
import type { Limit } from '../../domain/time/lower-bound.ts';

/** Times are milliseconds since 1970; `seq` is a record's place in the source, from 1. */
export interface Schema {
  ledger: { id: string };
  imports: ImportTable;
  messages: { id: Generated<number>; import_id: number; digest: string; text: string };
  pairs: PairTable;
  pair_keys: PairKeyTable;
  row_issues: RowIssueTable;
  tallies: { import_id: number; outcome: Outcome; reason: string; count: number };
  chunks: ChunkTable;
  sent_pairs: SentPairTable;
  holds: HoldTable;
  audit: AuditTable;
  checks: CheckTable;
  group_checks: GroupCheckTable;
  user_checks: UserCheckTable;
  /** Pairs whose person was invited, or asked to join, when the import was checked. */
  earlier_relations: { import_id: number; group_id: GroupId; user_id: UserId };
  /** Names that were read after the start; null where the portal does not tell one. */
  group_names: { import_id: number; group_id: GroupId; name: string | null };
  group_tallies: GroupTallyTable;
  group_waits: GroupWaitTable;
  minute_tallies: MinuteTallyTable;
  user_blocks: UserBlockTable;
  import_emails: ImportEmailTable;
  notices: NoticeTable;
  idempotency_keys: IdempotencyKeyTable;
  /** Imports that are gone, and which one stands in the place of each. */
  import_redirects: { import_id: number; target: number };
}

export interface ImportTable {
  id: Generated<number>;
  file_name: string;
  file_digest: string;
  /** Host of the portal that the import is for. */
  portal: string;
  message: string | null;
  /** `removed`: it is gone for everybody, and what it has is being taken away. */
  state: StoredImportState | 'removed';
  /** Data rows of the file, and those of them that hold no pair. */
  row_count: number;
  rejected_row_count: Generated<number>;
  /** What the rows come to: pairs, duplicates and rejects. */
  pair_count: Generated<number>;
  /** How the file was read; empty when that is not known. */
  format: Generated<string>;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  /** Milliseconds in state `running` before `running_since`; null when that is not known. */
  worked_ms: number | null;
  /** Null while it does not run. */
  running_since: number | null;
  /** 1 while somebody who started the import still waits to be told the results, else 0. */
  results_due: 0 | 1;
  /** Why the file could not be read, or the portal not be asked, as JSON; null when all is well. */
  problem: Generated<string | null>;
  /** Until when a process has the right to read the file; 0 when none has. */
  lease_until: Generated<number>;
  /** Which holder has that right; null when none has. */
  lease_holder: string | null;
}

export interface PairTable {
  import_id: number;
  seq: number;
  line: number;
  group_id: GroupId;
  user_id: UserId;
  /** Null: the import's message. */
  message_id: number | null;
  outcome: Outcome;
  reason: string | null;
  detail: string | null;
  /** Requests that held the pair and were executed, or may have been. */
  attempts: number;
  settled_at: number | null;
}

/** Where a pair stands; by group and user, which are there once in an import. */
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
  /** The user's cell as addresses are compared, see `emailKey`. */
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
  /** Whoever works on the chunk now; another one's claim takes it away. */
  owner: string | null;
  /** What a retry is still to put back in line here: a reason, or `*` for all; null: nothing. */
  retry_reason: string | null;
}

/**
 * Pairs that a request carries or carried and whose outcome is not recorded yet. The key keeps a
 * pair out of two requests, over all imports.
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
   * `sent`: no answer yet. `silent`: none came, and the portal answered nothing else either.
   * `left_out`: answered, without naming the pair.
   */
  phase: 'sent' | 'silent' | 'left_out';
  /** When it was marked, and when the portal has surely ended the request; the ledger's clock. */
  sent_at: Generated<number>;
  ends_by: number;
}

/** A portal that refuses everything until a person mends something. */
export interface HoldTable {
  portal: string;
  code: string;
  description: string;
  since: number;
  probes: number;
  probe_at: number;
  /** Null while it is not being tried. */
  tried_since: number | null;
}

export interface AuditTable {
  id: Generated<number>;
  import_id: number | null;
  at: number;
  actor: string;
  action: string;
  detail: string | null;
}

/** A check of an import that has come to its end. */
export interface CheckTable {
  import_id: number;
  checked_at: number;
  /** Scopes, with commas between, whose lack left something untold. */
  not_shown: string;
  people: number;
  invited_pairs: number;
  invited_people: number;
  seconds: number;
  bound_by: Limit;
  requests: number;
  cost_seconds: number;
  cost_assumed: 0 | 1;
}

export interface GroupCheckTable {
  import_id: number;
  group_id: GroupId;
  name: string | null;
  /** Says nothing of a group that was not read. */
  visible: 0 | 1;
  unread: 0 | 1;
  may_invite: 0 | 1 | null;
  size: number | null;
  pairs: number;
  members: number | null;
  pending: number | null;
  to_invite: number;
  failing: number;
}

export interface UserCheckTable {
  import_id: number;
  user_id: UserId;
  state: 'missing' | 'dismissed';
  name: string | null;
}

/** How many of a group's pairs ended how. */
export interface GroupTallyTable {
  import_id: number;
  group_id: GroupId;
  outcome: Outcome;
  count: number;
}

/** A group of a chunk of which the last try failed; its pairs wait until the next. */
export interface GroupWaitTable {
  import_id: number;
  chunk: number;
  group_id: GroupId;
  step: GroupStep;
  /** The portal's words. */
  code: string;
  description: string;
  /** In a row. */
  failures: number;
  since: number;
  next_at: number;
}

/** How many pairs got an outcome in one minute, counted in minutes since 1970. */
export interface MinuteTallyTable {
  import_id: number;
  minute: number;
  invited: number;
  settled: number;
}

/** Where the pairs of some people of an import stand. */
export interface UserBlockTable {
  id: Generated<number>;
  import_id: number;
  first_user: UserId;
  last_user: UserId;
  /** Sorted by person: all persons as 32-bit numbers, then all places in the source as 64-bit ones. */
  pairs: Uint8Array;
}

/** Whom an address in an import's file stood for, as the portal said when it was read. */
export interface ImportEmailTable {
  import_id: number;
  user_id: UserId;
  /** As addresses are compared. */
  email: string;
}

/** What is still to be told to the outside; it goes when it was delivered. */
export interface NoticeTable {
  id: Generated<number>;
  /** Names the notice, whoever gets it how often. */
  key: string;
  event: string;
  portal: string;
  /** Which import it is about; null for the portal. */
  import_id: number | null;
  /** JSON. */
  body: string;
  created_at: number;
  due_at: number;
  attempts: Generated<number>;
  /** Until then it is in the hands of a process; 0 when in nobody's. */
  claimed_until: Generated<number>;
}

/** Which import a request with an idempotency key has led to. */
export interface IdempotencyKeyTable {
  key: string;
  /** Tells the request's content apart from another's. */
  fingerprint: string;
  import_id: number;
  /** Whether the request has made the import, or found it. */
  has_created: 0 | 1;
  created_at: number;
}

/** A connection to the ledger, or a transaction on it. */
export type Db = Kysely<Schema>;

/** The few words of table-making in which the databases differ. */
export interface SchemaParts {
  serialType: 'integer' | 'serial';
  serialKey: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  bytesType: 'blob' | 'bytea';
  /** Stands after a table whose rows should lie in the order of its primary key. */
  clusteredTable: RawBuilder<unknown>;
  /** The names of the functions that build JSON. */
  json: { array: 'json_array' | 'json_build_array'; object: 'json_object' | 'json_build_object' };
  /** The one of the database's schemas that the tables are in; undefined where there is but one. */
  ownSchema: (db: Db) => Promise<string | undefined>;
}
