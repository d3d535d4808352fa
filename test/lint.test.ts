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
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules/.bin/biome');

const FORBIDDEN: [room: string, path: string][] = [
  ['src/domain', '../ledger/schema.ts'],
  ['src/domain', '../config.ts'],
  ['src/csv', '../ledger/schema.ts'],
  ['src/ledger', '../portal/client.ts'],
  ['src/ledger', 'ioredis'],
  ['src/queue', '../ledger/pairs.ts'],
  ['src/portal', '../invite/chunk.ts'],
  ['src/portal', 'kysely'],
  ['src/ingest', '../portal/client.ts'],
  ['src/notify', '../portal/client.ts'],
  ['src/notify', 'kysely'],
  ['src/invite', '../commands/run.ts'],
  ['src/invite', '../sandbox/sandbox.ts'],
  ['src/invite', 'kysely'],
  ['src/invite', 'pg'],
  ['src/invite', 'bullmq'],
  ['src/invite', '../check/check-import.ts'],
  ['src/portal', '../check/check-import.ts'],
  ['src/check', '../invite/chunk.ts'],
  ['src/check', '../commands/run.ts'],
  ['src/check', 'kysely'],
  ['src/doctor', '../invite/preflight.ts'],
  ['src/doctor', '../commands/check.ts'],
  ['src/doctor', '../server/context.ts'],
  ['src/doctor', 'ioredis'],
  ['src/doctor', 'kysely'],
  ['src/check', '../doctor/doctor.ts'],
  ['src/invite', '../doctor/doctor.ts'],
  ['workers', '../src/doctor/doctor.ts'],
  ['src/commands', '../cli.ts'],
  ['src/commands', 'node:sqlite'],
  ['src/commands', 'pg'],
  ['workers', 'pg'],
  ['src/server', '../commands/run.ts'],
  ['src/server', 'kysely'],
  ['src/server', 'bullmq'],
  ['src/server/schemas', '../../ledger/schema.ts'],
  ['src/server/schemas', 'node:path'],
  ['workers', '../src/commands/run.ts'],
  ['workers', '../src/config.ts'],
  ['src/sandbox', '../portal/client.ts'],
  ['src/dashboard', '../ledger/schema.ts'],
  ['src/dashboard/import', '../../portal/client.ts'],
  ['src/dashboard/import', '../../server/auth.ts'],
];

const ALLOWED: [room: string, path: string][] = [
  ['src/csv', '../domain/pair.ts'],
  ['src/ledger', 'kysely'],
  ['src/ledger', 'pg'],
  ['src/portal', 'ioredis'],
  ['src/invite', '../portal/client.ts'],
  ['src/ingest', '../csv/rows.ts'],
  ['src/notify', '../ledger/notices.ts'],
  ['src/check', '../portal/client.ts'],
  ['src/check', '../ledger/checks.ts'],
  ['src/doctor', '../portal/client.ts'],
  ['src/doctor', '../config.ts'],
  ['src/server', '../doctor/doctor.ts'],
  ['src/commands', '../check/check-import.ts'],
  ['src/commands', '../sandbox/sandbox.ts'],
  ['src/commands', '../server/open-server.ts'],
  ['src/server', '../invite/control.ts'],
  ['workers', '../src/invite/chunk.ts'],
  ['src/dashboard/import', '../../domain/outcome.ts'],
  ['src/dashboard/import', '../../server/schemas/import.ts'],
  ['src/dashboard/import', '../portal/words.ts'],
];

describe('the linter keeps the directions between rooms', () => {
  let folder = '';
  let report = '';
  const fileOf = (room: string, path: string) =>
    `${room}/${path.replace(/[^a-z]+/g, '-').replace(/^-/, '')}.probe.ts`;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bulk-invite-lint-'));
    for (const name of ['biome.json', '.gitignore']) {
      copyFileSync(join(root, name), join(folder, name));
    }
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    };
    for (const [room, path] of [...FORBIDDEN, ...ALLOWED]) {
      write(fileOf(room, path), `import * as it from '${path}';\n\nexport const x = it;\n`);
    }
    write('src/log.ts', 'export const home = process.env.HOME;\n');
    write('src/config.ts', 'export const home = process.env.HOME;\n');
    const { stdout, stderr } = spawnSync(
      biome,
      ['lint', '--reporter=github', '--max-diagnostics=none'],
      { cwd: folder, encoding: 'utf8' },
    );
    report = stdout + stderr;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const complaints = (file: string, rule: string) =>
    report.split('\n').filter((line) => line.includes(`/${file},`) && line.includes(rule));

  test.each(FORBIDDEN)('%s may not import %s', (room, path) => {
    expect(complaints(fileOf(room, path), 'noRestrictedImports')).toHaveLength(1);
  });

  test.each(ALLOWED)('%s may import %s', (room, path) => {
    expect(complaints(fileOf(room, path), 'noRestrictedImports')).toHaveLength(0);
  });

  test('only config.ts reads the environment', () => {
    expect(complaints('src/log.ts', 'noProcessEnv')).toHaveLength(1);
    expect(complaints('src/config.ts', 'noProcessEnv')).toHaveLength(0);
  });
});

test('what needs the time or chance takes a source of it: no use case asks the machine', () => {
  const files = globSync('{src/{domain,invite,check,ingest},workers}/**/*.ts', { cwd: root });
  const reading = files
    .filter((file) => file !== 'src/domain/clock.ts')
    .filter((file) => /Date\.now\(|new Date\(\)|performance\.now\(|Math\.random/.test(read(file)));
  expect(files.length).toBeGreaterThan(50);
  expect(reading).toEqual([]);
});

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
