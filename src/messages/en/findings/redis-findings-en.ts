import type { FindingEntry } from '../../finding-entry.ts';

/** What is found of Redis. */
export const REDIS_FINDINGS = {
  redis_installed: ['ok', '{name} {version} is installed.', ''],
  redis_given: ['ok', 'Not needed: REDIS_URL is set.', ''],
  redis_missing: [
    'failed',
    'Neither redis-server nor valkey-server is installed.',
    'Install one (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to a running Redis.',
  ],
  redis_not_started: [
    'skipped',
    'Not checked: the first start creates DATA_DIR and a private Redis in it.',
    '',
  ],
  redis_answers: ['ok', '{name} {version} answers at {address}', ''],
  redis_info_forbidden: [
    'failed',
    'Its user {user} may not run the command INFO ({said})',
    'Grant it: ACL SETUSER {user} +info',
  ],
  redis_version_fits: ['ok', '{name} {version} has all required features.', ''],
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
  redis_single: ['ok', 'It is a single server, not a replica.', ''],
  redis_cluster: [
    'failed',
    'It is a Redis Cluster, which the queue does not support.',
    'Set REDIS_URL to a Redis without cluster mode, or to Sentinels (redis+sentinel://…).',
  ],
  redis_replica: [
    'failed',
    'It is a replica, which accepts no writes.',
    'Set REDIS_URL to the master, or to Sentinels (redis+sentinel://…).',
  ],
  redis_keeps_all: ['ok', 'It evicts no keys (maxmemory-policy noeviction).', ''],
  redis_evicts: [
    'warning',
    'It can evict jobs when memory is low (maxmemory-policy is {policy}).',
    'Set maxmemory-policy to noeviction.',
  ],
  redis_full: [
    'failed',
    'Its memory is used up: {#used} of {#most} MB.',
    'Give it more memory (maxmemory).',
  ],
  redis_policy_hidden: [
    'ok',
    'It does not report its maxmemory-policy; noeviction is required.',
    '',
  ],
  redis_appends: ['ok', 'The append-only file is on.', ''],
  redis_no_file: [
    'ok',
    'The append-only file is off: after a restart of Redis the queue is rebuilt from the ledger.',
    '',
  ],
  redis_cannot_save: [
    'failed',
    'It could not save to its disk and may refuse writes.',
    'Free space on its disk; its log has details.',
  ],
  redis_allows: ['ok', 'Scripts, writes and channels are allowed.', ''],
} as const satisfies Record<string, FindingEntry>;
