/** What a check of the set-up looks at, in its order, and what each is called in English. */
export const CHECKS = {
  node: 'Node.js',
  settings: 'Settings',
  proxy: 'Proxy',
  authorities: 'Authorities',
  data_dir: 'DATA_DIR',
  disk: 'Disk',
  drive: 'Drive',
  ledger: 'Ledger',
  ledger_version: 'Ledger version',
  ledger_integrity: 'Ledger integrity',
  ledger_rights: 'Ledger permissions',
  ledger_clock: 'Ledger clock',
  redis_server: 'Redis server',
  redis: 'Redis',
  redis_version: 'Redis version',
  redis_kind: 'Redis role',
  redis_memory: 'Redis memory',
  redis_persistence: 'Redis persistence',
  redis_rights: 'Redis permissions',
  redis_clock: 'Redis clock',
  webhook: 'Webhook',
  certificate: 'Certificate',
  portal_clock: 'Portal clock',
  scope_sonet_group: 'Scope sonet_group',
  scope_socialnetwork: 'Scope socialnetwork',
  scope_user: 'Scope user',
  caller: 'Webhook user',
  plan: 'Plan',
  relations: 'Invitation dates',
  group: 'Group',
} as const;

export type Check = keyof typeof CHECKS;

/** How a check ends: `skipped` where nothing could be checked, which says nothing of the set-up. */
export const CHECK_STATUSES = ['ok', 'warning', 'failed', 'skipped'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];
