import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const SCRIPT = new URL('../scripts/setup.sh', import.meta.url);
const TOOLS = 'cat chmod cmp cp dirname env find ln mkdir readlink rm sleep tail touch'.split(' ');
const NPM = `
  mkdir -p node_modules/.bin
  printf '#!/bin/sh\\n' > node_modules/.bin/node
  chmod +x node_modules/.bin/node
  touch node_modules/.package-lock.json`;
const APT = `
  case "$*" in *" install "*)
    printf '#!/bin/sh\\n' > "$BIN/redis-server"
    chmod +x "$BIN/redis-server"
  esac`;
const APT_POSTGRES = `
  case "$*" in *" install "*)
    mkdir -p "$BIN/../lib/15/bin"
    printf '#!/bin/sh\\n' > "$BIN/../lib/15/bin/initdb"
    chmod +x "$BIN/../lib/15/bin/initdb"
  esac`;

const PAGE = 'dist/page/index.html';
const PROGRAM = 'dist/cli.js';

let home: string;
let bin: string;
let project: string;

/** A command that notes its call, then does as told. */
function command(name: string, body = '') {
  const note = name === 'uname' || name === 'id' ? '' : `echo "${name} $*" >> "$CALLS"`;
  fs.writeFileSync(join(bin, name), `#!/bin/sh\n${note}\n${body}\n`, { mode: 0o755 });
}

function start(mode: string): ChildProcess {
  return spawn('/bin/sh', [join(project, 'scripts/setup.sh'), mode], {
    env: { PATH: bin, BIN: bin, CALLS: join(home, 'calls') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finish({ stdout, stderr, ...child }: ChildProcess, exit: Promise<unknown[]>) {
  if (!stdout || !stderr) throw new Error(`no output from ${child.pid}`);
  const said = (await Promise.all([text(stdout), text(stderr)])).join('');
  const [code] = await exit;
  return { code, said };
}

function setup(mode = 'test') {
  const child = start(mode);
  return finish(child, once(child, 'exit'));
}

const calls = () => {
  const file = join(home, 'calls');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
};

/** As if all had been built after everything else was written. */
function build(builtAt = Date.now() / 1_000 + 60) {
  for (const path of [PAGE, PROGRAM].map((name) => join(project, name))) {
    fs.mkdirSync(join(path, '..'), { recursive: true });
    fs.writeFileSync(path, '');
    fs.utimesSync(path, builtAt, builtAt);
  }
}

const installs = () => calls().filter((call) => /npm ci|apt-get|brew install/.test(call));

beforeEach(() => {
  home = fs.mkdtempSync(join(tmpdir(), 'setup-'));
  bin = join(home, 'bin');
  project = join(home, 'a project');
  fs.mkdirSync(bin);
  fs.mkdirSync(join(project, 'scripts'), { recursive: true });
  // Whether this machine has Postgres must not matter.
  const script = fs
    .readFileSync(SCRIPT, 'utf8')
    .replaceAll(/\/usr\/lib\/postgresql|\/\S+\/opt\/postgresql/g, join(home, 'lib'));
  fs.writeFileSync(join(project, 'scripts/setup.sh'), script);
  fs.mkdirSync(join(project, 'src/dashboard'), { recursive: true });
  fs.writeFileSync(join(project, 'package-lock.json'), '{"name":"one"}');
  for (const tool of TOOLS) {
    fs.symlinkSync(
      execFileSync('/bin/sh', ['-c', `command -v ${tool}`])
        .toString()
        .trim(),
      join(bin, tool),
    );
  }
  command('npm', NPM);
  command('chromium');
  build();
  command('uname', 'echo Linux');
  command('id', 'echo 0');
  command('initdb');
});

afterEach(() => fs.rmSync(home, { recursive: true }));

describe('npm packages', () => {
  beforeEach(() => command('redis-server'));

  test('are installed once, with one line, and then there is silence', async () => {
    const first = await setup();
    expect(first).toEqual({
      code: 0,
      said: 'setup: installing the npm packages: node_modules is missing\n',
    });
    expect(calls()).toEqual(['npm ci --include=dev --no-audit --no-fund --loglevel=error']);
    expect(await setup('demo')).toEqual({ code: 0, said: '' });
    expect(installs()).toHaveLength(1);
    expect(fs.readdirSync(project)).not.toContain('.setup.lock');
  });

  test('are installed again when the lock file has another content, whatever its date', async () => {
    await setup();
    fs.writeFileSync(join(project, 'package-lock.json'), '{"name":"two"}');
    fs.utimesSync(join(project, 'package-lock.json'), 0, 0);
    expect((await setup()).said).toContain('not those of package-lock.json');
    expect(installs()).toHaveLength(2);
  });

  test('are left alone when somebody installed them by hand', async () => {
    fs.utimesSync(join(project, 'package-lock.json'), 0, 0);
    execFileSync('/bin/sh', ['-c', NPM], { cwd: project });
    expect(await setup()).toEqual({ code: 0, said: '' });
    expect(installs()).toEqual([]);
  });

  test('are installed again when their node does not run', async () => {
    await setup();
    fs.writeFileSync(join(project, 'node_modules/.bin/node'), '#!/no/such/thing\n');
    expect((await setup()).said).toContain('Node.js among them does not run');
    expect(installs()).toHaveLength(2);
  });

  test('that cannot be installed end the set-up with what to type, and are tried again', async () => {
    command('npm', `${NPM}\necho 'npm error: offline' >&2\nexit 1`);
    const { code, said } = await setup();
    expect(code).toBe(1);
    expect(said).toContain('npm error: offline\nsetup: npm ci failed, see above.');
    expect(said).toContain('type: npm ci\n');
    await setup();
    expect(installs()).toHaveLength(2);
  });

  test('whose node was not set up end the set-up with what to type', async () => {
    command('npm', 'mkdir -p node_modules');
    const { code, said } = await setup();
    expect(code).toBe(1);
    expect(said).toContain('npm rebuild --ignore-scripts=false node');
  });
});

describe('redis-server', () => {
  beforeEach(async () => {
    command('redis-server');
    await setup();
    fs.rmSync(join(bin, 'redis-server'));
    fs.rmSync(join(home, 'calls'));
  });

  test('need not be there when valkey-server is', async () => {
    command('valkey-server');
    expect(await setup()).toEqual({ code: 0, said: '' });
  });

  test('is installed by root through apt-get, and its service is switched off', async () => {
    command('apt-get', APT);
    command('service', '[ "$2" = stop ]');
    expect(await setup()).toEqual({
      code: 0,
      said: 'setup: installing redis-server, which keeps the queue: apt-get install redis-server\n',
    });
    expect(calls()).toEqual([
      'service redis-server status',
      expect.stringMatching(/^apt-get .*update$/),
      expect.stringMatching(/^apt-get .*install --no-install-recommends redis-server$/),
      'service redis-server stop',
    ]);
  });

  test('is installed though a source of packages cannot be reached', async () => {
    command('apt-get', `${APT}\ncase "$*" in *update) exit 100; esac`);
    expect((await setup()).code).toBe(0);
  });

  test('leaves a service alone that ran before', async () => {
    command('apt-get', APT);
    command('service');
    expect((await setup()).code).toBe(0);
    expect(calls()).not.toContain('service redis-server stop');
  });

  test('is installed through sudo where that asks for no password', async () => {
    command('apt-get', APT);
    command('id', 'echo 1000');
    command('sudo', 'shift; "$@"');
    expect((await setup()).code).toBe(0);
    expect(calls()).toContainEqual(expect.stringMatching(/^sudo -n env .*install .*redis-server$/));
  });

  test.each([
    ['no sudo', undefined],
    ['a sudo that asks', 'exit 1'],
  ])('%s: says what to type', async (_, sudo) => {
    command('apt-get', APT);
    command('id', 'echo 1000');
    if (sudo) command('sudo', sudo);
    expect(await setup()).toEqual({
      code: 1,
      said: 'setup: missing: redis-server, which keeps the queue. Type: sudo apt-get update && sudo apt-get install --no-install-recommends redis-server\n',
    });
  });

  test('a failing apt-get: shows its last words and what to type', async () => {
    command('apt-get', 'echo "E: no network"; exit 100');
    const { code, said } = await setup();
    expect(code).toBe(1);
    expect(said).toContain('E: no network\nsetup: that failed, see above.');
    expect(said).toContain('type: sudo apt-get update');
  });

  test('no known package manager: says what to type', async () => {
    const { code, said } = await setup();
    expect(code).toBe(1);
    expect(said).toContain('sudo apk add redis');
  });

  test('is installed through brew on macOS', async () => {
    command('uname', 'echo Darwin');
    command('brew', APT.replace('" install "', '"install "'));
    expect((await setup()).said).toContain('brew install redis');
    expect(calls()).toEqual(['brew install redis']);
  });

  test('no brew on macOS: says what to type', async () => {
    command('uname', 'echo Darwin');
    const { code, said } = await setup();
    expect(code).toBe(1);
    expect(said).toContain('https://brew.sh');
  });
});

describe('Postgres', () => {
  const initdb = () => join(home, 'lib/15/bin/initdb');

  beforeEach(async () => {
    command('redis-server');
    await setup();
    fs.rmSync(join(bin, 'initdb'));
    fs.rmSync(join(home, 'calls'));
  });

  test('is found where Debian puts it', async () => {
    fs.mkdirSync(join(home, 'lib/15/bin'), { recursive: true });
    fs.writeFileSync(initdb(), '#!/bin/sh\n', { mode: 0o755 });
    expect(await setup()).toEqual({ code: 0, said: '' });
  });

  test('is not needed for the demo', async () => {
    expect(await setup('demo')).toEqual({ code: 0, said: '' });
  });

  test('is installed for the tests through apt-get, and its service is switched off', async () => {
    command('apt-get', APT_POSTGRES);
    command('service', '[ "$2" = stop ]');
    expect(await setup()).toEqual({
      code: 0,
      said: 'setup: installing Postgres, on which the tests try the ledger as well: apt-get install postgresql\n',
    });
    expect(calls()).toEqual([
      'service postgresql status',
      expect.stringMatching(/^apt-get .*update$/),
      expect.stringMatching(/^apt-get .*install --no-install-recommends postgresql$/),
      'service postgresql stop',
    ]);
    expect(await setup()).toEqual({ code: 0, said: '' });
  });

  test('leaves a service alone that ran before', async () => {
    command('apt-get', APT_POSTGRES);
    command('service');
    expect((await setup()).code).toBe(0);
    expect(calls()).not.toContain('service postgresql stop');
  });

  test.each([
    ['cannot be installed', 'echo "E: no network"; exit 100', 'E: no network'],
    ['is not there afterwards', '', 'its initdb cannot be found'],
  ])('that %s is done without', async (_, apt, why) => {
    command('apt-get', apt);
    const { code, said } = await setup();
    expect(code).toBe(0);
    expect(said).toContain(why);
    expect(said).toMatch(/\nsetup: going on without postgres\n$/);
    expect(fs.readdirSync(project)).not.toContain('.setup.lock');
  });

  test('that nobody may install is done without, after saying what to type', async () => {
    expect(await setup()).toEqual({
      code: 0,
      said: expect.stringMatching(/sudo apk add postgresql.*\nsetup: going on without postgres\n$/),
    });
  });
});

test('Chromium is installed for the tests, and only for them', async () => {
  command('redis-server');
  command('apt-get');
  fs.rmSync(join(bin, 'chromium'));
  expect((await setup('demo')).said).not.toContain('Chromium');
  expect((await setup()).said).toContain('Chromium, in which the tests open the dashboard');
  expect(installs().at(-1)).toMatch(/install --no-install-recommends chromium$/);
  command('google-chrome');
  expect(await setup()).toEqual({ code: 0, said: '' });
});

describe.each([
  ['page', PAGE, 'src/dashboard/app.tsx'],
  ['program', PROGRAM, 'src/app.ts'],
])('the %s', (what, built, source) => {
  const BUILD = `mkdir -p dist/page && touch ${built}`;

  beforeEach(async () => {
    command('redis-server');
    await setup();
    command('npm', BUILD);
  });

  test('is built when it is missing, with one line', async () => {
    fs.rmSync(join(project, built));
    const said = `setup: building the ${what}: it is missing\n`;
    expect(await setup('build')).toEqual({ code: 0, said });
    expect(calls().at(-1)).toBe(`npm run -s build:${what}`);
    expect(await setup()).toEqual({ code: 0, said: '' });
  });

  test('is built again when one of its sources is younger', async () => {
    const minuteAgo = Date.now() / 1_000 - 60;
    fs.writeFileSync(join(project, source), '');
    fs.utimesSync(join(project, built), minuteAgo, minuteAgo);
    expect((await setup()).said).toBe(
      `setup: building the ${what}: it is older than its sources\n`,
    );
    expect(await setup()).toEqual({ code: 0, said: '' });
  });

  test('that cannot be built ends the set-up with what to type', async () => {
    fs.rmSync(join(project, built));
    command('npm', 'echo "error: no such file"; exit 1');
    const { code, said } = await setup();
    expect(code).toBe(1);
    expect(said).toContain('error: no such file');
    expect(said).toContain('type: npm run build');
  });
});

test('two at once install once, and a lock left by the dead is no hindrance', async () => {
  command('redis-server');
  const dead = spawn('/bin/sh', ['-c', 'exit']);
  await once(dead, 'exit');
  fs.symlinkSync(String(dead.pid), join(project, '.setup.lock'));
  expect((await setup()).code).toBe(0);

  fs.rmSync(join(project, 'node_modules'), { recursive: true });
  fs.rmSync(join(home, 'calls'));
  const gate = join(home, 'gate');
  execFileSync('mkfifo', [gate]);
  command('npm', `cat '${gate}'\n${NPM}`);
  const first = start('test');
  // Opening it for writing succeeds when the first one's npm reads from it.
  const open = await fs.promises.open(gate, 'w');
  const second = start('demo');
  const secondExit = once(second, 'exit');
  const firstExit = once(first, 'exit');
  if (second.stderr) await once(second.stderr, 'readable');
  await open.close();
  expect((await finish(first, firstExit)).code).toBe(0);
  const { code, said } = await finish(second, secondExit);
  expect({ code, said }).toEqual({
    code: 0,
    said: expect.stringContaining(`waiting for another setup (process ${first.pid})`),
  });
  expect(installs()).toHaveLength(1);
});

test('a wrong mode is refused', async () => {
  expect(await setup('lunch')).toEqual({
    code: 1,
    said: 'usage: sh scripts/setup.sh demo|test|build\n',
  });
});
