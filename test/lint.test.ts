import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { forbiddenImports } from '../scripts/check-dependencies.ts';
import { FOLDERS } from '../scripts/dependency-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules/.bin/biome');

/** For each folder, examples of forbidden and allowed imports. */
const IMPORTS: [file: string, forbidden: readonly string[], allowed: readonly string[]][] = [
  [
    'src/domain/pairs/x.ts',
    ['../../ledger/db/schema.ts', '../../config/config.ts', '../../messages/explain.ts', 'kysely'],
    ['../imports/import.ts', 'zod'],
  ],
  ['src/messages/x.ts', ['../ledger/db/schema.ts'], ['../domain/pairs/outcome.ts']],
  ['src/platform/x.ts', ['../files/text/text.ts'], ['../domain/errors/problem.ts', 'node:fs']],
  ['src/files/rows/x.ts', ['../../ledger/db/schema.ts'], ['../../domain/pairs/pair.ts']],
  [
    'src/ledger/pairs/x.ts',
    ['../../portal/http/client.ts', 'ioredis'],
    ['../db/schema.ts', 'kysely', 'pg', 'node:sqlite'],
  ],
  ['src/redis/x.ts', ['../queue/invite-queue.ts', 'bullmq', 'kysely'], ['ioredis']],
  ['src/queue/x.ts', ['../ledger/pairs/pair-queries.ts'], ['bullmq']],
  ['src/portal/http/x.ts', ['../../invite/chunk.ts', 'kysely', 'ioredis'], ['p-retry']],
  [
    'src/portal/directory/x.ts',
    ['ioredis', '../../queue/invite-queue.ts'],
    ['lru-cache', '../http/batch.ts'],
  ],
  ['src/portal/budget/x.ts', ['../../redis/connection.ts'], ['ioredis', '../http/batch.ts']],
  [
    'src/config/x.ts',
    ['../ledger/db/schema.ts', '../app/open-app.ts'],
    ['../portal/http/webhook.ts'],
  ],
  ['src/telemetry/x.ts', ['../server/openapi.ts'], ['prom-client', '@opentelemetry/api']],
  ['src/notify/x.ts', ['../portal/http/client.ts', 'kysely'], ['../ledger/imports/notices.ts']],
  [
    'src/invite/x.ts',
    ['../commands/run/run-command.ts', '../sandbox/sandbox.ts', 'kysely', 'pg', 'bullmq'].concat([
      '../check/check-import.ts',
      '../doctor/run-doctor.ts',
      '../config/config.ts',
    ]),
    ['../portal/http/client.ts', '../queue/invite-queue.ts'],
  ],
  [
    'src/check/x.ts',
    ['../invite/chunk.ts', '../commands/run/run-command.ts', '../doctor/run-doctor.ts', 'kysely'],
    ['../portal/http/client.ts', '../ledger/checks/check-store.ts'],
  ],
  [
    'src/doctor/x.ts',
    ['../invite/preflight.ts', '../server/server-context.ts', 'ioredis', 'kysely'],
    ['../portal/http/client.ts', '../config/config.ts'],
  ],
  ['src/records/x.ts', ['../portal/http/client.ts', 'kysely'], ['../ingest/kept-source.ts']],
  ['src/ingest/x.ts', ['../portal/http/client.ts', 'kysely'], ['../files/rows/rows.ts']],
  [
    'workers/x.ts',
    [
      '../src/commands/run/run-command.ts',
      '../src/config/config.ts',
      '../src/app/open-app.ts',
      'pg',
    ],
    ['../src/invite/chunk.ts', 'bullmq'],
  ],
  [
    'src/app/x.ts',
    ['../../workers/invite-worker.ts', '../server/openapi.ts'],
    ['../redis/rights.ts'],
  ],
  [
    'src/server/x.ts',
    ['../commands/run/run-command.ts', '../sandbox/sandbox.ts', 'kysely', 'bullmq'],
    ['../doctor/run-doctor.ts', '../invite/import-lifecycle.ts', 'fastify', '@fastify/cookie'],
  ],
  [
    'src/server/schemas/x.ts',
    ['../../ledger/db/schema.ts', '../routes/answers.ts', 'node:path', 'fastify'],
    ['../../domain/pairs/outcome.ts', 'zod'],
  ],
  ['src/sandbox/x.ts', ['../portal/http/client.ts'], ['../domain/time/clock.ts', 'node:http']],
  [
    'src/commands/run/x.ts',
    ['../../cli.ts', 'node:sqlite', 'pg', 'ioredis'],
    [
      '../../check/check-import.ts',
      '../../sandbox/sandbox.ts',
      '../../../workers/invite-worker.ts',
    ],
  ],
  ['src/cli.ts', ['./server/openapi.ts', 'commander'], ['./commands/command-line.ts']],
  [
    'src/dashboard/features/import/x.tsx',
    ['../../../portal/http/client.ts', '../../../server/openapi.ts', 'node:path', 'fastify'],
    ['../../../server/schemas/import-schema.ts', '../../../domain/pairs/outcome.ts', 'react'],
  ],
];

describe('the import rules between folders', () => {
  test('exist for each folder', () => {
    const folders = Object.keys(FOLDERS);
    const tested = IMPORTS.map(([file]) =>
      folders.filter((folder) => file.startsWith(folder)).at(-1),
    );
    expect(tested.toSorted()).toEqual(folders.toSorted());
    expect(forbiddenImports('src/new/x.ts', '')).toHaveLength(1);
  });

  test.each(IMPORTS)('%s', (file, forbidden, allowed) => {
    for (const name of forbidden) {
      for (const code of [`import { x } from '${name}';`, `export type { X } from '${name}';`]) {
        expect(forbiddenImports(file, code)).toHaveLength(1);
      }
      expect(forbiddenImports(file, `await import('${name}');`)).toHaveLength(1);
    }
    for (const name of allowed) {
      expect(forbiddenImports(file, `import type { X } from '${name}';`)).toEqual([]);
    }
  });
});

test('only read-config.ts reads the environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-lint-'));
  for (const name of ['biome.json', '.gitignore']) {
    copyFileSync(join(root, name), join(folder, name));
  }
  for (const file of ['src/telemetry/log.ts', 'src/config/read-config.ts']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), 'export const home = process.env.HOME;\n');
  }
  const { stdout, stderr } = spawnSync(biome, ['lint', '--reporter=github'], {
    ...{ cwd: folder, encoding: 'utf8' },
  });
  rmSync(folder, { recursive: true });
  const found = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('noProcessEnv'));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain('src/telemetry/log.ts');
});

test('a folder has at most 20 files', () => {
  const files = globSync('{src,workers,test,scripts}/**/*.*', { cwd: root });
  const folders = Map.groupBy(files, dirname);
  folders.delete('src/ledger/db/migrations');
  expect([...folders].filter(([, within]) => within.length > 20).map(([name]) => name)).toEqual([]);
});

test('no two files share a name', () => {
  const files = globSync('{src,workers,test,scripts}/**/*.*', { cwd: root });
  const names = Map.groupBy(files, (file) => basename(file));
  names.delete('index.ts');
  for (const own of ['tsconfig.json', 'vite.config.ts']) names.delete(own);
  expect([...names.values()].filter((same) => same.length > 1)).toEqual([]);
});

test('use cases take a clock and a random source, and do not read those of the machine', () => {
  const files = globSync('{src/{domain,invite,check,ingest},workers}/**/*.ts', { cwd: root });
  const reading = files
    .filter((file) => file !== 'src/domain/time/clock.ts')
    .filter((file) => /Date\.now\(|new Date\(\)|performance\.now\(|Math\.random/.test(read(file)));
  expect(files.length).toBeGreaterThan(50);
  expect(reading).toEqual([]);
});

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test('the words of problems are in the message catalogue', () => {
  const files = globSync('{src,workers}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: ['src/messages/**'],
  });
  const withWords = /new Problem\(|new HttpProblem\(\s*(?:'\w+'|\w+),\s*['"`]/;
  expect(files.filter((file) => withWords.test(read(file)))).toEqual([]);
});
