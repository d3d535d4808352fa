import type { ProblemTable } from '../../problem-templates.ts';
import { PORTAL_REMEDIES_EN } from '../portal-remedies-en.ts';
import { FILE_ERRORS, type FileError } from './file-errors-en.ts';

type Path = { path: string };
/** `said` is the system's own text. */
type Failed = Path & { said: string };
/** `command` is what to type. */
type Typed = { command: string };

const KEEP_REST = 'Put the value in quotes to keep the rest, or put the comment on its own line.';
const FREE_SPACE = 'Free disk space, or make the folder writable for the user of the program.';

const DOTENV_FAULTS = {
  other_form: ['is not written as NAME=value', 'Write it as NAME=value.'],
  unclosed: ['begins with a quote that is not closed', 'Close it, or use other quotes.'],
  after_quote: [
    'has text after its closing quote',
    'Put the whole value in quotes that it does not contain: "…", \'…\' or `…`.',
  ],
  curly: ['is in typographic quotes', 'Use straight quotes: "…".'],
} as const;
export type DotenvFault = keyof typeof DOTENV_FAULTS;

/** Of the settings, and of what the program needs to start. */
export const setUpProblemsEn = {
  file_error: ({ path, error }: Path & { error: FileError }) => [
    `${path || 'A file'} ${FILE_ERRORS[error][0]}.`,
    FILE_ERRORS[error][1],
  ],
  text_file_encoding: ({ subject }: { subject: string }) => [
    `${subject} is not in UTF-8.`,
    'Save it as UTF-8.',
  ],
  /** `error` is empty where the system's code says nothing about a file. */
  text_file_unread: ({ subject, error }: { subject: string; error: FileError | '' }) => [
    `${subject} cannot be read.`,
    FILE_ERRORS[error || 'ENOENT'][1],
  ],
  settings_wrong: ({ what, remedy }: { what: string; remedy: string }) => [what, remedy],
  webhook_unset: ({ command }: Typed) => [
    'BITRIX24_WEBHOOK_URL is not set.',
    `In Bitrix24 open Developer resources → Other → Inbound webhook, give it the scopes sonet_group, socialnetwork and user, and set BITRIX24_WEBHOOK_URL to its address. To try without a portal, type: ${command}`,
  ],
  secret_cut: ({ path, line, name }: Path & { line: number; name: string }) => [
    `${path}, line ${line}: ${name} ends before #, which may be part of the value.`,
    KEEP_REST,
  ],
  /** Of a text, only a warning. */
  text_cut: ({ path, line, name }: Path & { line: number; name: string }) => [
    `${path}, line ${line}: ${name} ends before #, which starts a comment.`,
    KEEP_REST,
  ],
  dotenv_wrong: ({ where, name, fault }: { where: string; name: string; fault: DotenvFault }) => [
    `${where}: ${name} ${DOTENV_FAULTS[fault][0]}.`,
    DOTENV_FAULTS[fault][1],
  ],
  sampler_wrong: () => [
    'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.',
    'Fix it, or unset it.',
  ],
  ledger_newer_meanwhile: ({ steps }: { steps: string }) => [
    `A newer version of the program has changed the ledger (${steps}).`,
    'Install that version here as well, and start again; nothing is lost.',
  ],
  ledger_newer: ({ ledger, steps }: { ledger: string; steps: string }) => [
    `The ledger ${ledger} was written by a newer version of the program (${steps}).`,
    'Install that version or a later one; this version cannot read it.',
  ],
  ledger_foreign: ({ ledger }: { ledger: string }) => [
    `${ledger} is the database of another program, not a ledger.`,
    'Use another location for the ledger: another DATA_DIR, or another database in LEDGER_URL.',
  ],
  no_ledger: ({ ledger, command }: Typed & { ledger: string }) => [
    `There is no ledger at ${ledger}.`,
    `Import a file first (${command}), or set DATA_DIR to the folder of a ledger.`,
  ],
  ledger_folder: ({ path }: Path) => [
    `The folder ${path} for the ledger cannot be created.`,
    'Check DATA_DIR, its permissions and the free disk space.',
  ],
  scope_missing: () => [
    'The webhook may not invite: it lacks the scope sonet_group.',
    PORTAL_REMEDIES_EN.give_scope,
  ],
  marks_unsaved: ({ path, said }: Failed) => [
    `${path} cannot be written to (${said}).`,
    FREE_SPACE,
  ],
  session_key_unsaved: ({ path, said }: Failed) => [
    `The session key ${path} cannot be stored: ${said}.`,
    FREE_SPACE,
  ],
  port_used: ({ host, port }: { host: string; port: number }) => [
    `Port ${port} of ${host} is in use.`,
    'Set PORT to another one; for a worker, METRICS_PORT.',
  ],
  host_unusable: (it: { host: string; port: number; said: string }) => [
    `Cannot listen on ${it.host}:${it.port} (${it.said}).`,
    'Check HOST and the port.',
  ],
  admin_token_unset: ({ host }: { host: string }) => [
    `ADMIN_TOKEN is not set, but HOST=${host} can be reached from other machines.`,
    'Set ADMIN_TOKEN to a long secret (openssl rand -hex 24), or HOST to 127.0.0.1.',
  ],
} satisfies ProblemTable;
