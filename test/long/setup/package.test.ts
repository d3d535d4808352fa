import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { untilImport } from '../../support/events.ts';
import { Program } from '../../support/program.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TOKEN = 'the-token-of-an-admin';

/** Generous limit for the package, whose bundled packages are not installed separately. */
const MOST_BYTES = 5_000_000;

let folder: string;
let installed: string;

/** Runs npm or npx as on a machine without the project and without a network. */
async function run(command: 'npm' | 'npx', cwd: string, ...argv: string[]): Promise<string> {
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const env = { PATH, HOME: folder, npm_config_offline: 'true', npm_config_audit: 'false' };
  return (await promisify(execFile)(command, argv, { cwd, env })).stdout;
}

const read = (path: string): string => readFileSync(join(installed, path), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulk-invite-package-'));
  installed = join(folder, 'node_modules/bulk-invite');
  // The program is built by the global setup.
  await run('npm', ROOT, 'pack', '--ignore-scripts', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  expect(statSync(join(folder, tarball)).size).toBeLessThan(MOST_BYTES);
  await run('npm', folder, 'install', `./${tarball}`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('the package, installed into an empty folder', () => {
  test('contains all files it needs, no TypeScript and no other package', () => {
    expect(globSync('*', { cwd: join(folder, 'node_modules') })).toEqual(['bulk-invite']);
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files.filter((path) => /\.(ts|tsx|map)$/.test(path))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        ...['LICENSE', 'README.md', 'README.ru.md', 'SECURITY.md', 'CHANGELOG.md', '.env.example'],
        ...['dist/cli.js', 'dist/ingest-worker.js', 'dist/budget.lua', 'dist/licenses.md'],
        ...[
          'dist/page/index.html',
          'dist/page/licenses.txt',
          'dist/queue-page/dist/index.ejs',
          'fixtures/onboarding.csv',
        ],
      ]),
    );
    const links = ['README.md', 'README.ru.md'].flatMap((page) =>
      [...read(page).matchAll(/\]\(([\w/.-]+)/g)].map(([, path]) => path),
    );
    expect(files).toEqual(expect.arrayContaining(links));
    expect(files.filter((path) => /^(src|test|scripts|workers|\.ci)\b/.test(path))).toEqual([]);
  });

  test('contains the license of each bundled package', () => {
    const code = globSync('dist/*.js', { cwd: installed }).map(read).join('\n');
    const places = code.matchAll(
      /^\/\/ node_modules\/(?:.*\/node_modules\/)?((?:@[^/]+\/)?[^/]+)/gm,
    );
    const bundled = new Set([...places].map(([, name]) => name));
    expect(bundled.size).toBeGreaterThan(100);
    const licenses = read('dist/licenses.md');
    for (const name of [...bundled, '@bull-board/ui', 'react', '@mantine/core']) {
      expect(licenses).toContain(`\n## ${name} - `);
    }
  });

  test('shows its commands as users type them in that folder', async () => {
    expect(await run('npx', folder, 'bulk-invite', '--help')).toMatch(/^Usage: npx bulk-invite /);
  });

  test('runs the demo through npx', async () => {
    const output = await run('npx', folder, 'bulk-invite', 'demo');
    expect(output).toMatch(/^ {2}invited +328 {2}returned 328$/m);
    expect(readFileSync(join(folder, 'data/demo/results/onboarding-1.csv'), 'utf8')).toMatch(
      /^\ufeffline,/,
    );
  });

  test('serves the page and the queue, and reads a file in a thread', async () => {
    const sandbox = await startSandbox();
    const settings = { BITRIX24_WEBHOOK_URL: sandbox.webhookUrl, ADMIN_TOKEN: TOKEN, PORT: '0' };
    const program = new Program(
      join(folder, 'served'),
      settings,
      [],
      join(installed, 'dist/cli.js'),
    );
    try {
      const { prints, stop } = program.start('serve');
      await prints(/^Bulk Invite for \S+: .+$/m);
      const origin = /: (http:\/\/127\S+)/.exec(program.output())?.[1] ?? '';
      const request = (path: string, init: RequestInit = {}) =>
        fetch(`${origin}${path}`, {
          ...init,
          headers: { accept: 'text/html', authorization: `Bearer ${TOKEN}` },
        });
      const page = await (await request('/')).text();
      expect(await (await request('/licenses.txt')).text()).toContain('\n## react - ');
      const [, script = ''] = /<script [^>]*src="(.+?)"/.exec(page) ?? [];
      expect((await request(script)).status).toBe(200);
      expect(await (await request('/queue')).text()).toContain('<base href="/queue/"');
      const body = new FormData();
      body.append('file', new Blob(['group_id,user_id\n5,10\n']), 'a.csv');
      const { id }: Import = JSON.parse(
        await (await request('/api/imports', { method: 'POST', body })).text(),
      );
      const events = await request(`/api/imports/${id}/events`);
      const { pairs } = await untilImport(events, ({ state }) => state === 'ready');
      expect(pairs).toBe(1);
      expect((await stop()).code).toBe(0);
    } finally {
      program.killAll();
      await sandbox.close();
    }
  });
});
