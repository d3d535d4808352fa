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

/** @returns a machine after a run of the script, without one command */
async function machineWithout(command: string): Promise<SetupMachine> {
  const machine = await SetupMachine.setUp();
  machine.withoutCommand(command);
  return machine;
}

describe('npm packages', () => {
  test('are not installed again after a manual installation', async () => {
    const machine = new SetupMachine();
    machine.command('redis-server');
    fs.utimesSync(join(machine.project, 'package-lock.json'), 0, 0);
    execFileSync('/bin/sh', ['-c', NPM], { cwd: machine.project });
    expect(await machine.setup()).toEqual({ code: 0, output: '' });
    expect(machine.installs()).toEqual([]);
  });

  test('are installed again when the bundled Node.js does not run', async () => {
    const machine = await SetupMachine.setUp();
    fs.writeFileSync(join(machine.project, 'node_modules/.bin/node'), '#!/no/such/thing\n');
    expect((await machine.setup()).output).toContain('Node.js in node_modules does not run');
    expect(machine.installs()).toHaveLength(1);
  });

  test('without a bundled Node.js end the set-up with a command to type', async () => {
    const machine = new SetupMachine();
    machine.command('redis-server');
    machine.command('npm', 'mkdir -p node_modules');
    const { code, output } = await machine.setup();
    expect(code).toBe(1);
    expect(output).toContain('npm rebuild --ignore-scripts=false node');
  });
});

describe('redis-server', () => {
  test('is not required when valkey-server is installed', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('valkey-server');
    expect(await machine.setup()).toEqual({ code: 0, output: '' });
  });

  test('is installed although a package source is unreachable', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('apt-get', `${APT}\ncase "$*" in *update) exit 100; esac`);
    expect((await machine.setup()).code).toBe(0);
  });

  test('does not stop a service that ran before', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('apt-get', APT);
    machine.command('service');
    expect((await machine.setup()).code).toBe(0);
    expect(machine.calls()).not.toContain('service redis-server stop');
  });

  test('is installed through sudo when sudo requires no password', async () => {
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
    ['a sudo that requires a password', 'exit 1'],
  ])('%s: shows the command to type', async (_, sudo) => {
    const machine = await machineWithout('redis-server');
    machine.command('apt-get', APT);
    machine.command('id', 'echo 1000');
    if (sudo) machine.command('sudo', sudo);
    expect(await machine.setup()).toEqual({
      code: 1,
      output:
        'setup: missing: redis-server, which stores the queue. Type: sudo apt-get update && sudo apt-get install --no-install-recommends redis-server\n',
    });
  });

  test('no known package manager: shows the command to type', async () => {
    const machine = await machineWithout('redis-server');
    const { code, output } = await machine.setup();
    expect(code).toBe(1);
    expect(output).toContain('sudo apk add redis');
  });

  test('is installed through brew on macOS', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('uname', 'echo Darwin');
    machine.command('brew', APT.replace('" install "', '"install "'));
    expect((await machine.setup()).output).toContain('brew install redis');
    expect(machine.calls()).toEqual(['brew install redis']);
  });

  test('no brew on macOS: shows the command to type', async () => {
    const machine = await machineWithout('redis-server');
    machine.command('uname', 'echo Darwin');
    const { code, output } = await machine.setup();
    expect(code).toBe(1);
    expect(output).toContain('https://brew.sh');
  });
});

describe('Postgres', () => {
  test('is found in the folder of the Debian package', async () => {
    const machine = await machineWithout('initdb');
    const initdb = join(machine.home, 'lib/15/bin/initdb');
    fs.mkdirSync(join(initdb, '..'), { recursive: true });
    fs.writeFileSync(initdb, '#!/bin/sh\n', { mode: 0o755 });
    expect(await machine.setup()).toEqual({ code: 0, output: '' });
  });

  test('does not stop a service that ran before', async () => {
    const machine = await machineWithout('initdb');
    machine.command('apt-get', APT_POSTGRES);
    machine.command('service');
    expect((await machine.setup()).code).toBe(0);
    expect(machine.calls()).not.toContain('service postgresql stop');
  });

  test('that is missing after its installation is skipped', async () => {
    const machine = await machineWithout('initdb');
    machine.command('apt-get');
    const { code, output } = await machine.setup();
    expect(code).toBe(0);
    expect(output).toContain('its initdb cannot be found');
    expect(output).toMatch(/\nsetup: continuing without postgres\n$/);
  });

  test('is skipped without a known package manager, after showing the command to type', async () => {
    const machine = await machineWithout('initdb');
    expect(await machine.setup()).toEqual({
      code: 0,
      output: expect.stringMatching(
        /sudo apk add postgresql.*\nsetup: continuing without postgres\n$/,
      ),
    });
  });
});

test('a page that cannot be built ends the set-up with a command to type', async () => {
  const machine = await SetupMachine.setUp();
  machine.unbuild(PAGE);
  machine.command('npm', 'echo "error: no such file"; exit 1');
  const { code, output } = await machine.setup();
  expect(code).toBe(1);
  expect(output).toContain('error: no such file');
  expect(output).toContain('type: npm run build');
});
