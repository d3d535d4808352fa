import type { ProblemTable } from '../../problem-templates.ts';

type Path = { path: string };
/** `said` is the system's own text. */
type Failed = Path & { said: string };
/** `command` is what to type. */
type Typed = { command: string };
type Option = { option: string };

const TO_CREATE = 'Create that folder first, or choose another one.';
const FROM_BACKUP = 'Name a file that the backup command created.';
const MISSING = {
  ledger: 'Set DATA_DIR to the folder of the ledger.',
  folder: TO_CREATE,
  backup: FROM_BACKUP,
};

/** Of commands, their arguments and the files that they write. */
export const commandProblemsEn = {
  ledger_used: ({ path }: Path) => [
    `A process is using ${path}.`,
    'Stop all of them, then restore.',
  ],
  backup_damaged: ({ path }: Path) => [`${path} is damaged.`, 'Use another backup.'],
  backup_empty: ({ path }: Path) => [`${path} is empty, not a ledger.`, FROM_BACKUP],
  backup_exists: ({ path }: Path) => [
    `${path} already exists.`,
    'Choose another file; a backup overwrites nothing.',
  ],
  backup_no_file: ({ path }: Path) => [`${path} is not a file.`, FROM_BACKUP],
  backup_unsaved: ({ path, said }: Failed) => [
    `The copy cannot be written to ${path} (${said}).`,
    'Check that the folder exists, its permissions and the free disk space.',
  ],
  backup_postgres: () => [
    'The ledger is in Postgres (LEDGER_URL); backup and restore support only the ledger in DATA_DIR.',
    'Use pg_dump and pg_restore.',
  ],
  path_missing: ({ path, is }: Path & { is: keyof typeof MISSING }) => [
    `${path} does not exist.`,
    MISSING[is],
  ],
  source_missing: ({ path }: Path) => [`The file ${path} does not exist.`, 'Check the path.'],
  source_no_file: ({ path }: Path) => [`${path} is not a file.`, 'Name a CSV file.'],
  output_folder: ({ path, option }: Path & Option) => [
    `The folder ${path} for ${option} does not exist.`,
    TO_CREATE,
  ],
  output_is_folder: ({ path, option }: Path & Option) => [
    `${path} is a folder.`,
    `Name a file with ${option}.`,
  ],
  output_is_input: ({ path, option }: Path & Option) => [
    `${path} is the input file.`,
    `Name another file with ${option}.`,
  ],
  output_exists: ({ path }: Path) => [
    `${path} already exists and is not a results file.`,
    'Choose another file, or add --force to replace it.',
  ],
  output_binary: ({ option }: Option) => [
    'A workbook cannot be shown on a terminal.',
    `Name a file with ${option}.`,
  ],
  results_unsaved: ({ path, said, command }: Failed & Typed) => [
    `The results cannot be written to ${path} (${said}).`,
    `Nothing is lost. To write them to another file, type: ${command}`,
  ],
  rejects_unsaved: ({ path, said }: Failed) => [
    `The rejected rows cannot be written to ${path} (${said}).`,
    'Choose another file with --rejects.',
  ],
  check_folder: ({ path, said }: Failed) => [
    `The check cannot create its temporary ledger in ${path} (${said}).`,
    'Check DATA_DIR, its permissions and the free disk space.',
  ],
  no_import: ({ id, command }: Typed & { id: string }) => [
    `There is no import ${id}.`,
    `To list all imports, type: ${command}`,
  ],
  wrong_state: (it: Typed & { id: number; state: string; participle: string }) => [
    `Import ${it.id} is ${it.state} and cannot be ${it.participle}.`,
    `To see its status, type: ${it.command}`,
  ],
  message_long: ({ characters, most }: { characters: number; most: number }) => [
    `The text of --message has ${characters.toLocaleString('en')} characters.`,
    `Shorten it: the portal accepts at most ${most.toLocaleString('en')}.`,
  ],
  argument_dash: ({ text, straight }: { text: string; straight: string }) => [
    `${text} begins with a long dash, which word processors put in place of two hyphens.`,
    `Type ${straight} for an option, or ./${text} for a file.`,
  ],
  argument_curly: ({ text }: { text: string }) => [
    `${text} has typographic quotes, which shells do not treat as quotes.`,
    "Type straight quotes, as in --message 'Welcome aboard!'",
  ],
  argument_files: ({ name, count, given }: { name: string; count: number; given: string }) => [
    `${name} takes one file at a time, but got ${count}: ${given}.`,
    'Run the command once for each file; put quotes around a name with spaces.',
  ],
  argument_count: (it: Typed & { name: string; most: number; count: number; given: string }) => [
    `${it.name} takes ${it.most === 1 ? 'one argument' : 'no arguments'}, but got ${it.count}: ${it.given}.`,
    `For help, type: ${it.command}`,
  ],
  text_curly: ({ option }: Option) => [
    `The text of ${option} is in typographic quotes, which would be sent with it.`,
    `Type straight quotes, as in ${option} 'Welcome aboard!'; to send typographic quotes, set MESSAGE.`,
  ],
  stdin_terminal: ({ command }: Typed) => [
    '- reads the file from stdin, but stdin is a terminal.',
    `Pipe the output of a program into it, for example: export-people | ${command}`,
  ],
  not_confirmed: ({ command }: Typed) => [
    `${command} asks for confirmation, but stdin is not a terminal.`,
    'Add --yes to remove without confirmation.',
  ],
  number_not_confirmed: ({ command }: Typed) => [
    `${command} asks for the number of invitations, but stdin is not a terminal.`,
    'Add --yes to carry it out without being asked.',
  ],
  person_unclear: ({ text }: { text: string }) => [
    `${text} is neither a user’s ID nor an e-mail address.`,
    'Name the person by one of them.',
  ],
  person_ambiguous: ({ email, ids }: { email: string; ids: string }) => [
    `The address ${email} stood for several users: ${ids}.`,
    'Name the person by the ID.',
  ],
  forget_blocked: ({ imports }: { imports: string }) => [
    `The person cannot be removed now. ${imports}.`,
    'Wait until it has ended, or pause or cancel it, then try again.',
  ],
  sandbox_port_used: ({ port }: { port: number }) => [
    `Port ${port} is in use.`,
    'Choose another one with --port.',
  ],
  sandbox_option_unknown: ({ name, names }: { name: string; names: string }) => [
    `--set: there is no option “${name}”.`,
    `The options are ${names}.`,
  ],
  sandbox_option_bad: (params: { name: string; text: string; wanted: string }) => [
    `--set: “${params.text}” is no value of ${params.name}.`,
    `Values are, for example, ${params.wanted}.`,
  ],
  link_port_unknown: ({ command }: Typed) => [
    'PORT is 0, so the server’s port is not known.',
    `Set PORT to the port that the server printed, then type: ${command}`,
  ],
  link_other_server: ({ origin, folder }: { origin: string; folder: string }) => [
    `No server at ${origin} uses the DATA_DIR ${folder}.`,
    'Run the command in the server’s folder, or set DATA_DIR, HOST and PORT to the server’s values.',
  ],
  link_no_server: ({ origin, command }: Typed & { origin: string }) => [
    `No server answers at ${origin}.`,
    `Start the server, which prints a link: ${command}\nOr set HOST and PORT to the server’s values.`,
  ],
  link_needs_token: () => [
    'The server has an ADMIN_TOKEN, which disables login links.',
    'Open its login page and enter the value of ADMIN_TOKEN.',
  ],
} satisfies ProblemTable;
