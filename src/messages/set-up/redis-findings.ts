import type { FindingEntry } from './entry.ts';

/** What is found of Redis. */
export const REDIS_FINDINGS = {
  redis_installed: ['ok', '{name} {version} is installed.', ''],
  redis_given: ['ok', 'None is needed: REDIS_URL is set.', ''],
  redis_missing: [
    'failed',
    'Neither redis-server nor valkey-server is installed.',
    'Install one (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to a Redis that runs.',
  ],
  redis_not_started: [
    'skipped',
    'Not checked: the first start creates DATA_DIR and a private Redis in it.',
    '',
  ],
  redis_answers: ['ok', '{name} {version} answers at {address}', ''],
  redis_info_forbidden: [
    'failed',
    'It does not allow its user {user} the command INFO ({said})',
    'Grant it: ACL SETUSER {user} +info',
  ],
  redis_version_fits: ['ok', '{name} {version} has all that is needed.', ''],
  redis_version_low: [
    'warning',
    '{name} {version} is older than 6.2, which the queue recommends.',
    'Upgrade it to 7.2 or newer.',
  ],
  redis_version_too_low: [
    'failed',
    '{name} {version} is too old for the queue.',
    'Upgrade it to 7.2 or newer.',
  ],
  redis_single: ['ok', 'It is one server, and no replica.', ''],
  redis_cluster: [
    'failed',
    'It is a Redis Cluster, which the queue cannot use.',
    'Name a Redis without cluster mode in REDIS_URL, or Sentinels (redis+sentinel://…).',
  ],
  redis_replica: [
    'failed',
    'It is a replica, which takes no writes.',
    'Name the master in REDIS_URL, or Sentinels (redis+sentinel://…).',
  ],
  redis_keeps_all: ['ok', 'It evicts nothing (maxmemory-policy noeviction).', ''],
  redis_evicts: [
    'warning',
    'It may evict jobs when memory runs short (maxmemory-policy is {policy}).',
    'Set maxmemory-policy to noeviction.',
  ],
  redis_full: [
    'failed',
    'Its memory is used up: {#used} of {#most} MB.',
    'Give it more memory (maxmemory).',
  ],
  redis_policy_hidden: ['ok', 'It does not tell its maxmemory-policy; noeviction is needed.', ''],
  redis_appends: ['ok', 'It keeps an append-only file.', ''],
  redis_no_file: [
    'ok',
    'It keeps no append-only file: after a restart of Redis the queue is rebuilt from the ledger.',
    '',
  ],
  redis_cannot_save: [
    'failed',
    'It could not save to its disk, and may refuse writes.',
    'Make room on the disk that it writes to; its log says more.',
  ],
  redis_allows: ['ok', 'Scripts, writes and channels are allowed.', ''],
} as const satisfies Record<string, FindingEntry>;
