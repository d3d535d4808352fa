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

// What may be odd about a machine is tried in test/long/setup/setup-machines.test.ts.

describe('npm packages', () => {
  test('are installed once, with one line, and then there is silence', async () => {
    const machine = new SetupMachine();
    machine.command('redis-server');
    expect(await machine.setup()).toEqual({
      code: 0,
      said: 'setup: installing the npm packages: node_modules is missing\n',
    });
    expect(machine.calls()).toEqual(['npm ci --include=dev --no-audit --no-fund --loglevel=error']);
    expect(await machine.setup('demo')).toEqual({ code: 0, said: '' });
    expect(machine.installs()).toHaveLength(1);
    expect(fs.readdirSync(machine.project)).not.toContain('.setup.lock');
  });

  test('are installed again when the lock file has another content, whatever its date', async () => {
    const machine = await SetupMachine.setUp();
    fs.writeFileSync(join(machine.project, 'package-lock.json'), '{"name":"two"}');
    fs.utimesSync(join(machine.project, 'package-lock.json'), 0, 0);
    expect((await machine.setup()).said).toContain('not those of package-lock.json');
    expect(machine.installs()).toHaveLength(1);
  });

  test('that cannot be installed end the set-up with what to type, and are tried again', async () => {
    const machine = new SetupMachine();
    machine.command('redis-server');
    machine.command('npm', `${NPM}\necho 'npm error: offline' >&2\nexit 1`);
    const { code, said } = await machine.setup();
    expect(code).toBe(1);
    expect(said).toContain('npm error: offline\nsetup: npm ci failed, see above.');
    expect(said).toContain('type: npm ci\n');
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
      said: 'setup: installing redis-server, which stores the queue: apt-get install redis-server\n',
    });
    expect(machine.calls()).toEqual([
      'service redis-server status',
      expect.stringMatching(/^apt-get .*update$/),
      expect.stringMatching(/^apt-get .*install --no-install-recommends redis-server$/),
      'service redis-server stop',
    ]);
  });

  test('that cannot be installed ends the set-up with what to type', async () => {
    const machine = await SetupMachine.setUp();
    machine.withoutCommand('redis-server');
    machine.command('apt-get', 'echo "E: no network"; exit 100');
    const { code, said } = await machine.setup();
    expect(code).toBe(1);
    expect(said).toContain('E: no network\nsetup: that failed, see above.');
    expect(said).toContain('type: sudo apt-get update');
  });
});

describe('Postgres', () => {
  test('is installed for the tests through apt-get, and its service is switched off', async () => {
    const machine = await SetupMachine.setUp();
    machine.withoutCommand('initdb');
    expect(await machine.setup('demo')).toEqual({ code: 0, said: '' });
    machine.command('apt-get', APT_POSTGRES);
    machine.command('service', '[ "$2" = stop ]');
    expect(await machine.setup()).toEqual({
      code: 0,
      said: 'setup: installing Postgres, for the ledger tests: apt-get install postgresql\n',
    });
    expect(machine.calls()).toEqual([
      'service postgresql status',
      expect.stringMatching(/^apt-get .*update$/),
      expect.stringMatching(/^apt-get .*install --no-install-recommends postgresql$/),
      'service postgresql stop',
    ]);
    expect(await machine.setup()).toEqual({ code: 0, said: '' });
  });

  test('that cannot be installed is done without', async () => {
    const machine = await SetupMachine.setUp();
    machine.withoutCommand('initdb');
    machine.command('apt-get', 'echo "E: no network"; exit 100');
    const { code, said } = await machine.setup();
    expect(code).toBe(0);
    expect(said).toContain('E: no network');
    expect(said).toMatch(/\nsetup: continuing without postgres\n$/);
    expect(fs.readdirSync(machine.project)).not.toContain('.setup.lock');
  });
});

test('Chromium is installed for the tests, and only for them', async () => {
  const machine = await SetupMachine.setUp();
  machine.command('apt-get');
  machine.withoutCommand('chromium');
  expect(await machine.setup('demo')).toEqual({ code: 0, said: '' });
  expect((await machine.setup()).said).toContain('Chromium, in which the tests open the dashboard');
  expect(machine.installs().at(-1)).toMatch(/install --no-install-recommends chromium$/);
  machine.command('google-chrome');
  expect(await machine.setup()).toEqual({ code: 0, said: '' });
});

test('the headless Chromium, in which tests are faster, is installed where apt offers it', async () => {
  const machine = await SetupMachine.setUp();
  machine.command('apt-get');
  machine.command('apt-cache', '[ "$2" = chromium-headless-shell ]');
  machine.command('id', 'echo 1000');
  expect(await machine.setup()).toEqual({ code: 0, said: '' });
  machine.command('id', 'echo 0');
  expect((await machine.setup()).said).toContain('the headless Chromium');
  machine.withoutCommand('chromium');
  expect((await machine.setup()).said).toContain('apt-get install chromium-headless-shell');
  machine.command('chromium-headless-shell');
  expect(await machine.setup()).toEqual({ code: 0, said: '' });
});

describe.each([
  ['page', PAGE, 'src/dashboard/app/app.tsx'],
  ['program', PROGRAM, 'src/app/open-app.ts'],
] as const)('the %s', (what, built, source) => {
  const BUILD = `mkdir -p dist/page && touch ${built}`;

  test('is built when it is missing, with one line', async () => {
    const machine = await SetupMachine.setUp();
    machine.command('npm', BUILD);
    machine.unbuild(built);
    const said = `setup: building the ${what}: it is missing\n`;
    expect(await machine.setup('build')).toEqual({ code: 0, said });
    expect(machine.calls().at(-1)).toBe(`npm run -s build:${what}`);
    expect(await machine.setup()).toEqual({ code: 0, said: '' });
  });

  test('is built again when one of its sources is younger', async () => {
    const machine = await SetupMachine.setUp();
    machine.command('npm', BUILD);
    machine.build(built, Date.now() / 1_000 - 60);
    fs.writeFileSync(join(machine.project, source), '');
    const { said } = await machine.setup();
    expect(said).toBe(`setup: building the ${what}: it is older than its sources\n`);
    expect(await machine.setup()).toEqual({ code: 0, said: '' });
  });
});

test('two at once install once, and a lock left by the dead is no hindrance', async () => {
  const machine = new SetupMachine();
  machine.command('redis-server');
  const dead = spawn('/bin/sh', ['-c', 'exit']);
  await once(dead, 'exit');
  fs.symlinkSync(String(dead.pid), join(machine.project, '.setup.lock'));
  const gate = join(machine.home, 'gate');
  execFileSync('mkfifo', [gate]);
  machine.command('npm', `cat '${gate}'\n${NPM}`);
  const first = machine.start('test');
  // Opening it for writing succeeds when the first one's npm reads from it.
  const open = await fs.promises.open(gate, 'w');
  const second = machine.start('demo');
  const secondExit = once(second, 'exit');
  const firstExit = once(first, 'exit');
  if (second.stderr) await once(second.stderr, 'readable');
  await open.close();
  expect((await finish(first, firstExit)).code).toBe(0);
  expect(await finish(second, secondExit)).toEqual({
    code: 0,
    said: expect.stringContaining(`waiting for another setup (process ${first.pid})`),
  });
  expect(machine.installs()).toHaveLength(1);
});

test('a wrong mode is refused', async () => {
  expect(await new SetupMachine().setup('lunch')).toEqual({
    code: 1,
    said: 'usage: sh scripts/setup.sh demo|test|build\n',
  });
});
