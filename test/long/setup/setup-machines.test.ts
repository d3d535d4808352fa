import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  APT,
  APT_POSTGRES,
  NPM,
  PAGE,
  SetupMachine,
} from '../../support/services/setup-machine.ts';

/** A machine on which the script has run, and which has lost something since. */
async function machineWithout(command: string): Promise<SetupMachine> {
  const machine = await SetupMachine.setUp();
  machine.withoutCommand(command);
  return machine;
}

describe('npm packages', () => {
  test('are left alone when somebody installed them by hand', async () => {
    const machine = new SetupMachine();
    machine.command('redis-server');
    fs.utimesSync(join(machine.project, 'package-lock.json'), 0, 0);
    execFileSync('/bin/sh', ['-c', NPM], { cwd: machine.project });
    expect(await machine.setup()).toEqual({ code: 0, said: '' });
    expect(machine.installs()).toEqual([]);
  });

  test('are installed again when their node does not run', async () => {
    const machine = await SetupMachine.setUp();
    fs.writeFileSync(join(machine.project, 'node_modules/.bin/node'), '#!/no/such/thing\n');
    expect((await machine.setup()).said).toContain('Node.js among them does not run');
    expect(machine.installs()).toHaveLength(1);
  });

  test('whose node was not set up end the set-up with what to type', async () => {
    const machine = new SetupMachine();
    machine.command('redis-server');
    machine.command('npm', 'mkdir -p node_modules');
    const { code, said } = await machine.setup();
    expect(code).toBe(1);
    expect(said).toContain('npm rebuild --ignore-scripts=false node');
  });
});

describe('redis-server', () => {
  test('need not be there when valkey-server is', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('valkey-server');
    expect(await machine.setup()).toEqual({ code: 0, said: '' });
  });

  test('is installed though a source of packages cannot be reached', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('apt-get', `${APT}\ncase "$*" in *update) exit 100; esac`);
    expect((await machine.setup()).code).toBe(0);
  });

  test('leaves a service alone that ran before', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('apt-get', APT);
    machine.command('service');
    expect((await machine.setup()).code).toBe(0);
    expect(machine.calls()).not.toContain('service redis-server stop');
  });

  test('is installed through sudo where that asks for no password', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('apt-get', APT);
    machine.command('id', 'echo 1000');
    machine.command('sudo', 'shift; "$@"');
    expect((await machine.setup()).code).toBe(0);
    expect(machine.calls()).toContainEqual(
      expect.stringMatching(/^sudo -n env .*install .*redis-server$/),
    );
  });

  test.each([
    ['no sudo', undefined],
    ['a sudo that asks', 'exit 1'],
  ])('%s: says what to type', async (_, sudo) => {
    const machine = await machineWithout('redis-server');
    machine.command('apt-get', APT);
    machine.command('id', 'echo 1000');
    if (sudo) machine.command('sudo', sudo);
    expect(await machine.setup()).toEqual({
      code: 1,
      said: 'setup: missing: redis-server, which stores the queue. Type: sudo apt-get update && sudo apt-get install --no-install-recommends redis-server\n',
    });
  });

  test('no known package manager: says what to type', async () => {
    const machine = await machineWithout('redis-server');
    const { code, said } = await machine.setup();
    expect(code).toBe(1);
    expect(said).toContain('sudo apk add redis');
  });

  test('is installed through brew on macOS', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('uname', 'echo Darwin');
    machine.command('brew', APT.replace('" install "', '"install "'));
    expect((await machine.setup()).said).toContain('brew install redis');
    expect(machine.calls()).toEqual(['brew install redis']);
  });

  test('no brew on macOS: says what to type', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('uname', 'echo Darwin');
    const { code, said } = await machine.setup();
    expect(code).toBe(1);
    expect(said).toContain('https://brew.sh');
  });
});

describe('Postgres', () => {
  test('is found where Debian puts it', async () => {
    const machine = await machineWithout('initdb');
    const initdb = join(machine.home, 'lib/15/bin/initdb');
    fs.mkdirSync(join(initdb, '..'), { recursive: true });
    fs.writeFileSync(initdb, '#!/bin/sh\n', { mode: 0o755 });
    expect(await machine.setup()).toEqual({ code: 0, said: '' });
  });

  test('leaves a service alone that ran before', async () => {
    const machine = await machineWithout('initdb');
    machine.command('apt-get', APT_POSTGRES);
    machine.command('service');
    expect((await machine.setup()).code).toBe(0);
    expect(machine.calls()).not.toContain('service postgresql stop');
  });

  test('that is not there after its installation is done without', async () => {
    const machine = await machineWithout('initdb');
    machine.command('apt-get');
    const { code, said } = await machine.setup();
    expect(code).toBe(0);
    expect(said).toContain('its initdb cannot be found');
    expect(said).toMatch(/\nsetup: continuing without postgres\n$/);
  });

  test('that nobody may install is done without, after saying what to type', async () => {
    const machine = await machineWithout('initdb');
    expect(await machine.setup()).toEqual({
      code: 0,
      said: expect.stringMatching(
        /sudo apk add postgresql.*\nsetup: continuing without postgres\n$/,
      ),
    });
  });
});

test('a page that cannot be built ends the set-up with what to type', async () => {
  const machine = await SetupMachine.setUp();
  machine.unbuild(PAGE);
  machine.command('npm', 'echo "error: no such file"; exit 1');
  const { code, said } = await machine.setup();
  expect(code).toBe(1);
  expect(said).toContain('error: no such file');
  expect(said).toContain('type: npm run build');
});
