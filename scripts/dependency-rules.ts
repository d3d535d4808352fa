/** Allowed imports of a folder: other folders of this package, and npm packages that only this folder uses. */
export interface Folder {
  readonly ours: readonly string[];
  readonly packages?: readonly string[];
}

const BASE = ['src/domain', 'src/messages', 'src/platform'] as const;
const STORES = [...BASE, 'src/ledger', 'src/portal'] as const;
const USE_CASES = ['src/ingest', 'src/records', 'src/check', 'src/invite', 'src/doctor'] as const;
const PROGRAM = [
  ...[...STORES, ...USE_CASES, 'src/config', 'src/files', 'src/queue', 'src/redis'],
  ...['src/app', 'src/telemetry'],
] as const;

/** Allowed imports per folder, from the lowest layer up; the longest matching path applies. */
export const FOLDERS: Readonly<Record<string, Folder>> = {
  'src/domain': { ours: [] },
  'src/messages': { ours: ['src/domain'] },
  'src/platform': { ours: ['src/domain', 'src/messages'] },
  'src/files': {
    ours: ['src/domain', 'src/messages'],
    packages: ['csv-parse', 'csv-stringify', 'yauzl'],
  },
  'src/ledger': {
    ours: BASE,
    packages: ['kysely', 'pg', 'node:sqlite'],
  },
  // SQLite locks show which processes share an embedded Redis.
  'src/redis': { ours: BASE, packages: ['ioredis', 'node:sqlite'] },
  'src/queue': { ours: BASE, packages: ['ioredis', 'bullmq'] },
  'src/portal': { ours: BASE, packages: ['p-retry'] },
  'src/portal/directory': { ours: [...BASE, 'src/portal'], packages: ['lru-cache'] },
  'src/portal/budget': { ours: [...BASE, 'src/portal'], packages: ['ioredis'] },
  'src/config': { ours: [...BASE, 'src/files', 'src/portal'] },
  'src/telemetry': {
    ours: [...BASE, 'src/config', 'src/ledger', 'src/redis'],
    packages: ['bullmq', 'bullmq-otel', 'prom-client', '@opentelemetry/*'],
  },
  'src/notify': { ours: [...BASE, 'src/ledger'], packages: ['p-retry', 'standardwebhooks'] },
  'src/invite': { ours: [...STORES, 'src/queue'] },
  'src/check': { ours: STORES },
  'src/doctor': { ours: [...STORES, 'src/config', 'src/redis'] },
  'src/ingest': {
    packages: ['piscina'],
    ours: [...BASE, 'src/config', 'src/files', 'src/invite', 'src/ledger'],
  },
  'src/records': { ours: [...BASE, 'src/files', 'src/ingest', 'src/ledger'] },
  workers: {
    ours: ['src/domain', 'src/invite', 'src/ledger', 'src/queue', 'src/redis'],
    packages: ['bullmq', 'ioredis'],
  },
  'src/app': {
    ours: [
      ...STORES,
      'src/config',
      'src/invite',
      'src/notify',
      'src/queue',
      'src/redis',
      'src/telemetry',
    ],
    packages: ['ioredis'],
  },
  'src/server': {
    ours: PROGRAM,
    packages: [
      'p-queue',
      'fastify',
      'fastify-type-provider-zod',
      'prom-client',
      '@fastify/*',
      '@bull-board/*',
    ],
  },
  // The page imports these modules too.
  'src/server/schemas': { ours: ['src/domain', 'src/files', 'src/messages'] },
  'src/sandbox': { ours: ['src/domain'] },
  'src/commands': {
    ours: [...PROGRAM, 'src/sandbox', 'src/server', 'workers'],
    packages: ['commander', 'log-update'],
  },
  'src/cli.ts': { ours: ['src/commands'] },
  'src/dashboard': {
    ours: ['src/domain', 'src/messages', 'src/server/schemas', 'fixtures'],
    packages: ['react', 'react-dom', '@mantine/*', '@tanstack/*', 'wouter'],
  },
};

/** Packages that any folder may use. */
export const ANYWHERE = ['zod', 'pino', 'node:*'] as const;
/** Exceptions from ANYWHERE: only the ledger uses SQL, and the modules of the page run in a browser. */
export const NOT_ANYWHERE = ['node:sqlite'] as const;
export const WITHOUT_NODE = ['src/server/schemas', 'src/dashboard'] as const;
