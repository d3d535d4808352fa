import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  APT,
  APT_POSTGRES,
  finish,
  NPM,
  PAGE,
  PROGRAM,
  SetupMachine,
} from '../../support/services/setup-machine.ts';

// test/long/setup/setup-machines.test.ts tests unusual machines.

describe('npm packages', () => {
  test('are installed once with one line of output, then nothing is printed', async () => {
    const machine = new SetupMachine();
    machine.command('redis-server');
    expect(await machine.setup()).toEqual({
      code: 0,
      output: 'setup: installing the npm packages: node_modules is missing\n',
    });
    expect(machine.calls()).toEqual(['npm ci --include=dev --no-audit --no-fund --loglevel=error']);
    expect(await machine.setup('demo')).toEqual({ code: 0, output: '' });
    expect(machine.installs()).toHaveLength(1);
    expect(fs.readdirSync(machine.project)).not.toContain('.setup.lock');
  });

  test('are installed again when the content of the lock file changes, whatever its date', async () => {
    const machine = await SetupMachine.setUp();
    fs.writeFileSync(join(machine.project, 'package-lock.json'), '{"name":"two"}');
    fs.utimesSync(join(machine.project, 'package-lock.json'), 0, 0);
    expect((await machine.setup()).output).toContain(
      'node_modules does not match package-lock.json',
    );
    expect(machine.installs()).toHaveLength(1);
  });

  test('that cannot be installed end the set-up with a command to type, and are tried again', async () => {
    const machine = new SetupMachine();
    machine.command('redis-server');
    machine.command('npm', `${NPM}\necho 'npm error: offline' >&2\nexit 1`);
    const { code, output } = await machine.setup();
    expect(code).toBe(1);
    expect(output).toContain('npm error: offline\nsetup: npm ci failed, see above.');
    expect(output).toContain('type: npm ci\n');
    await machine.setup();
    expect(machine.installs()).toHaveLength(2);
  });
});

describe('redis-server', () => {
  test('is installed by root through apt-get, and its service is switched off', async () => {
    const machine = await SetupMachine.setUp();
    machine.withoutCommand('redis-server');
    machine.command('apt-get', APT);
    machine.command('service', '[ "$2" = stop ]');
    expect(await machine.setup()).toEqual({
      code: 0,
      output:
        'setup: installing redis-server, which stores the queue: apt-get install redis-server\n',
    });
    expect(machine.calls()).toEqual([
      'service redis-server status',
      expect.stringMatching(/^apt-get .*update$/),
      expect.stringMatching(/^apt-get .*install --no-install-recommends redis-server$/),
      'service redis-server stop',
    ]);
  });

  test('that cannot be installed ends the set-up with a command to type', async () => {
    const machine = await SetupMachine.setUp();
    machine.withoutCommand('redis-server');
    machine.command('apt-get', 'echo "E: no network"; exit 100');
    const { code, output } = await machine.setup();
    expect(code).toBe(1);
    expect(output).toContain('E: no network\nsetup: that failed, see above.');
    expect(output).toContain('type: sudo apt-get update');
  });
});

describe('Postgres', () => {
  test('is installed for the tests through apt-get, and its service is switched off', async () => {
    const machine = await SetupMachine.setUp();
    machine.withoutCommand('initdb');
    expect(await machine.setup('demo')).toEqual({ code: 0, output: '' });
    machine.command('apt-get', APT_POSTGRES);
    machine.command('service', '[ "$2" = stop ]');
    expect(await machine.setup()).toEqual({
      code: 0,
      output: 'setup: installing Postgres, for the ledger tests: apt-get install postgresql\n',
    });
    expect(machine.calls()).toEqual([
      'service postgresql status',
      expect.stringMatching(/^apt-get .*update$/),
      expect.stringMatching(/^apt-get .*install --no-install-recommends postgresql$/),
      'service postgresql stop',
    ]);
    expect(await machine.setup()).toEqual({ code: 0, output: '' });
  });

  test('that cannot be installed is skipped', async () => {
    const machine = await SetupMachine.setUp();
    machine.withoutCommand('initdb');
    machine.command('apt-get', 'echo "E: no network"; exit 100');
    const { code, output } = await machine.setup();
    expect(code).toBe(0);
    expect(output).toContain('E: no network');
    expect(output).toMatch(/\nsetup: continuing without postgres\n$/);
    expect(fs.readdirSync(machine.project)).not.toContain('.setup.lock');
  });
});

test('nginx is installed for the tests, its service is switched off, and it can be missing', async () => {
  const machine = await SetupMachine.setUp();
  machine.withoutCommand('nginx');
  expect(await machine.setup('demo')).toEqual({ code: 0, output: '' });
  machine.command('apt-get');
  machine.command('service', '[ "$2" = stop ]');
  const { code, output } = await machine.setup();
  expect([code, output]).toEqual([
    0,
    expect.stringMatching(/\nsetup: continuing without nginx\n$/),
  ]);
  expect(machine.calls()).toEqual([
    'service nginx status',
    expect.stringMatching(/^apt-get .*update$/),
    expect.stringMatching(/^apt-get .*install --no-install-recommends nginx$/),
    'service nginx stop',
  ]);
});

test('Chromium is installed only for the tests', async () => {
  const machine = await SetupMachine.setUp();
  machine.command('apt-get');
  machine.withoutCommand('chromium');
  expect(await machine.setup('demo')).toEqual({ code: 0, output: '' });
  expect((await machine.setup()).output).toContain('Chromium, for the dashboard tests');
  expect(machine.installs().at(-1)).toMatch(/install --no-install-recommends chromium$/);
  machine.command('google-chrome');
  expect(await machine.setup()).toEqual({ code: 0, output: '' });
});

test('the headless Chromium, which is faster for tests, is installed when apt offers it', async () => {
  const machine = await SetupMachine.setUp();
  machine.command('apt-get');
  machine.command('apt-cache', '[ "$2" = chromium-headless-shell ]');
  machine.command('id', 'echo 1000');
  expect(await machine.setup()).toEqual({ code: 0, output: '' });
  machine.command('id', 'echo 0');
  expect((await machine.setup()).output).toContain('headless Chromium');
  machine.withoutCommand('chromium');
  expect((await machine.setup()).output).toContain('apt-get install chromium-headless-shell');
  machine.command('chromium-headless-shell');
  expect(await machine.setup()).toEqual({ code: 0, output: '' });
});

describe.each([
  ['page', PAGE, 'src/dashboard/app/app.tsx'],
  ['program', PROGRAM, 'src/app/open-app.ts'],
] as const)('the %s', (what, built, source) => {
  const BUILD = `mkdir -p dist/page && touch ${built}`;

  test('is built with one line of output when it is missing', async () => {
    const machine = await SetupMachine.setUp();
    machine.command('npm', BUILD);
    machine.unbuild(built);
    const output = `setup: building the ${what}: it is missing\n`;
    expect(await machine.setup('build')).toEqual({ code: 0, output });
    expect(machine.calls().at(-1)).toBe(`npm run -s build:${what}`);
    expect(await machine.setup()).toEqual({ code: 0, output: '' });
  });

  test('is built again when one of its sources is newer', async () => {
    const machine = await SetupMachine.setUp();
    machine.command('npm', BUILD);
    machine.build(built, Date.now() / 1_000 - 60);
    fs.writeFileSync(join(machine.project, source), '');
    const { output } = await machine.setup();
    expect(output).toBe(`setup: building the ${what}: it is older than its sources\n`);
    expect(await machine.setup()).toEqual({ code: 0, output: '' });
  });
});

test('two simultaneous set-ups install once, and a lock of a dead process is ignored', async () => {
  const machine = new SetupMachine();
  machine.command('redis-server');
  const dead = spawn('/bin/sh', ['-c', 'exit']);
  await once(dead, 'exit');
  fs.symlinkSync(String(dead.pid), join(machine.project, '.setup.lock'));
  const gate = join(machine.home, 'gate');
  execFileSync('mkfifo', [gate]);
  machine.command('npm', `cat '${gate}'\n${NPM}`);
  const first = machine.start('test');
  // Opening the pipe for writing succeeds when the npm of the first set-up reads from it.
  const open = await fs.promises.open(gate, 'w');
  const second = machine.start('demo');
  const secondExit = once(second, 'exit');
  const firstExit = once(first, 'exit');
  if (second.stderr) await once(second.stderr, 'readable');
  await open.close();
  expect((await finish(first, firstExit)).code).toBe(0);
  expect(await finish(second, secondExit)).toEqual({
    code: 0,
    output: expect.stringContaining(`waiting for another setup (process ${first.pid})`),
  });
  expect(machine.installs()).toHaveLength(1);
});

test('a wrong mode is refused', async () => {
  expect(await new SetupMachine().setup('lunch')).toEqual({
    code: 1,
    output: 'usage: sh scripts/setup.sh demo|test|build\n',
  });
});
