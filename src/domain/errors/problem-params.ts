import type { RowFault } from '../pairs/row-fault.ts';
import type { RemedyCode } from './remedy-code.ts';

/** What a column is for. */
type Role = 'group' | 'user' | 'message';

/** Files that people upload by mistake instead of a CSV. */
export type OtherFile =
  | 'archive'
  | 'contacts'
  | 'document'
  | 'excel'
  | 'gzip_in_gzip'
  | 'json'
  | 'libreoffice'
  | 'numbers'
  | 'old_excel'
  | 'onec'
  | 'pdf'
  | 'picture'
  | 'web_page'
  | 'xml';

/** Why the webhook cannot find the user of an e-mail address. */
export type EmailsHidden = 'user_brief' | 'no_scope' | 'refused' | 'not_shown' | 'not_compared';

/** What a portal as a whole does instead of answering. */
export type Unusable = 'unreachable' | 'odd' | 'busy' | 'refuses';

/** The problems that a user can see, by code, with their parameters. */
export interface ProblemParams {
  // Files.
  file_empty: { file: string };
  file_without_rows: { file: string };
  file_not_csv: { file: string; is: OtherFile };
  file_too_large: { file: string; most: number };
  pairs_many: { file: string; line: number; pairs: number; most: number };
  pairs_dense: { file: string; line: number; pairs: number; most: number };
  file_gone: { file: string };
  file_not_read: Record<never, never>;
  reading_broken_off: Record<never, never>;
  reading_taken_over: { file: string };
  disk_full: { file: string };
  temporary_full: { folder: string; bytes: number };
  gzip_broken_off: { file: string };
  gzip_damaged: { file: string };
  zero_byte: { file: string; line: number };
  text_damaged: { file: string; line: number; encoding: string };
  text_garbled: { file: string };
  encoding_contradicted: { file: string; marked: string; encoding: string };
  delimiter_unclear: { file: string; line: number };
  delimiter_unusable: { file: string; cell: string };
  /** `closing`: the line on which `quote_closed_late` closes it, else 0. */
  first_row_broken: { file: string; line: number; fault: RowFault; cell: string; closing: number };
  // Columns.
  column_missing: { file: string; line: number; found: string; group: 0 | 1; user: 0 | 1 };
  column_unclear: { file: string; line: number; role: Role; columns: string };
  column_shared: { file: string; line: number; column: string };
  column_number_wrong: { file: string; line: number; role: Role; number: number; count: number };
  column_unknown: { file: string; line: number; role: Role; name: string; found: string };
  column_name_shared: { file: string; line: number; role: Role; name: string; columns: string };
  // The portal; `said` is the portal's own text, and below that of the ledger.
  portal_unusable: { portal: string; does: Unusable; said: string; remedy: RemedyCode };
  emails_hidden: { why: EmailsHidden };
  groups_hidden: { said: string; remedy: RemedyCode };
  names_not_asked: Record<never, never>;
  // The ledger; `ledger` is its place, empty when it need not be shown.
  ledger_damaged: { ledger: string };
  ledger_unwritable: { ledger: string };
  ledger_locked: { ledger: string };
  ledger_full: { ledger: string };
  ledger_on_network_drive: { ledger: string };
  ledger_unreachable: { ledger: string; said: string };
  ledger_crowded: { ledger: string };
  ledger_refusing: { ledger: string; said: string };
  ledger_forbidding: { ledger: string; said: string };
  ledger_missing: { ledger: string };
  ledger_read_only: { ledger: string };
  ledger_failing: { ledger: string; said: string };
  // Requests.
  fields_wrong: { fields: string };
  cursor_unknown: Record<never, never>;
  login_needed: Record<never, never>;
  only_looking: Record<never, never>;
  token_unknown: Record<never, never>;
  attempts_exhausted: { seconds: number };
  page_foreign: Record<never, never>;
  nothing_here: Record<never, never>;
  /** `allowed`: the existing methods. */
  method_unknown: { method: string; allowed: string };
  request_malformed: Record<never, never>;
  json_malformed: Record<never, never>;
  head_too_large: Record<never, never>;
  head_too_slow: Record<never, never>;
  server_ending: Record<never, never>;
  file_unsent: Record<never, never>;
  type_not_taken: Record<never, never>;
  start_meanwhile: { id: number };
  key_reused: Record<never, never>;
  key_in_flight: Record<never, never>;
  key_malformed: Record<never, never>;
  import_unknown: { id: number };
  import_replaced: { id: number; by: number };
  order_senseless: { id: number; state: string; order: string };
  other_portal: { id: number; portal: string };
  already_started: { id: number };
  import_moved_on: { id: number };
  person_unnamed: Record<never, never>;
  unexpected: Record<never, never>;
}

export type ProblemCode = keyof ProblemParams;

/** A problem as code and parameters, for programs and translations. */
export type CodedProblem = {
  [Code in ProblemCode]: { code: Code; params: ProblemParams[Code] };
}[ProblemCode];
