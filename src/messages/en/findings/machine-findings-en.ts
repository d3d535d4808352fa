import type { FindingEntry } from '../../finding-entry.ts';

/** What is found on the machine itself. */
export const MACHINE_FINDINGS = {
  node_fits: ['ok', '{version}', ''],
  node_too_old: [
    'failed',
    'Node.js {version} is older than {needed}.',
    'Install Node.js {needed} or newer from https://nodejs.org.',
  ],
  settings_read: ['ok', 'All settings are valid.', ''],

  proxy_none: ['ok', 'No proxy is set.', ''],
  proxy_used: ['ok', 'Requests to {host} go through the proxy {proxy}.', ''],
  proxy_bypassed: ['ok', 'NO_PROXY excludes {host} from the proxy {proxy}.', ''],
  proxy_unneeded: [
    'ok',
    '{host} is on this machine: requests do not go through the proxy {proxy}.',
    '',
  ],

  authorities_none: ['ok', 'NODE_EXTRA_CA_CERTS names no additional certificate authority.', ''],
  authorities_used: ['ok', 'The certificate authorities in {file} are trusted as well.', ''],
  authorities_overridden: [
    'warning',
    'The certificate authorities in {file} are trusted as well, those in {other} are not: NODE_EXTRA_CA_CERTS of the environment takes precedence over the one in .env.',
    'Put all certificates into one file, and set NODE_EXTRA_CA_CERTS in one place.',
  ],
  authorities_ignored: [
    'warning',
    'NODE_EXTRA_CA_CERTS of the environment names {file}, which cannot be read or has no certificate in PEM, so Node.js ignores it.',
    'Fix the path, or unset NODE_EXTRA_CA_CERTS.',
  ],

  data_dir_usable: ['ok', '{path}: owner {owner}, mode {mode}', ''],
  data_dir_new: ['ok', '{path} does not exist yet; the first start creates it.', ''],
  data_dir_open: [
    'warning',
    'Other users of this machine can read {path} (mode {mode}), which contains names and addresses.',
    'Type: chmod 700 {path}',
  ],
  data_dir_foreign: [
    'warning',
    '{path} belongs to user {owner}, and the program runs as {self}.',
    'Run the program as user {owner}, or give the folder to user {self} (chown -R).',
  ],
  data_dir_no_folder: ['failed', '{path} is not a folder.', 'Set DATA_DIR to a folder.'],
  data_dir_unwritable: [
    'failed',
    '{path} cannot be written (owner {owner}, mode {mode}; the program runs as {self}).',
    'Make it writable for this user, or set DATA_DIR to another folder.',
  ],
  data_dir_hidden: [
    'failed',
    '{path} cannot be accessed ({said}).',
    'Check the permissions of the folders above it, or set DATA_DIR to another folder.',
  ],
  data_dir_impossible: [
    'failed',
    '{path} does not exist and cannot be created: {above} is not writable.',
    'Create it for this user, or set DATA_DIR to another folder.',
  ],

  disk_roomy: ['ok', '{#gigabytes} GB free.', ''],
  disk_low: [
    'warning',
    'Only {#megabytes} MB free.',
    'Free disk space, or set DATA_DIR to a folder on another disk.',
  ],
  disk_full: [
    'failed',
    'Only {#megabytes} MB free.',
    'Free disk space, or set DATA_DIR to a folder on another disk.',
  ],

  drive_local: ['ok', 'DATA_DIR is on a local drive ({kind}).', ''],
  drive_unknown: ['ok', 'The type of the drive of DATA_DIR is not known.', ''],
  drive_network: [
    'warning',
    'DATA_DIR is on a network drive ({kind}).',
    'Set DATA_DIR to a folder on a local disk: SQLite and the private Redis need locks and sockets that network drives do not have.',
  ],
  drive_fuse: [
    'warning',
    'DATA_DIR is on a file system in user space (FUSE), which can be a network drive, such as sshfs.',
    'If so, set DATA_DIR to a folder on a local disk.',
  ],
  drive_memory: [
    'warning',
    'DATA_DIR is in memory ({kind}): a restart of the machine deletes it.',
    'Set DATA_DIR to a folder on a disk.',
  ],
} as const satisfies Record<string, FindingEntry>;
