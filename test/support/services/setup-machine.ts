import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const SCRIPT = new URL('../../../scripts/setup.sh', import.meta.url);
const NAMES = 'cat chmod cmp cp dirname env find ln mkdir readlink rm sleep tail touch'.split(' ');
/** Paths of the tools that the script uses. */
const TOOLS = execFileSync('/bin/sh', ['-c', 'for name; do command -v "$name"; done', '', ...NAMES])
  .toString()
  .trim()
  .split('\n');

/** Effects of `npm ci` that the script checks. */
export const NPM = `
  mkdir -p node_modules/.bin
  printf '#!/bin/sh\\n' > node_modules/.bin/node
  chmod +x node_modules/.bin/node
  touch node_modules/.package-lock.json`;
/** Effects of `apt-get install redis-server`. */
export const APT = `
  case "$*" in *" install "*)
    printf '#!/bin/sh\\n' > "$BIN/redis-server"
    chmod +x "$BIN/redis-server"
  esac`;
/** Effects of `apt-get install postgresql`. */
export const APT_POSTGRES = `
  case "$*" in *" install "*)
    mkdir -p "$BIN/../lib/15/bin"
    printf '#!/bin/sh\\n' > "$BIN/../lib/15/bin/initdb"
    chmod +x "$BIN/../lib/15/bin/initdb"
  esac`;

/** Files that `npm run build` creates. */
export const PAGE = 'dist/page/index.html';
export const PROGRAM = 'dist/cli.js';

/** Exit code and output of the script. */
export interface Ended {
  code: unknown;
  output: string;
}

/**
 * A folder that simulates a machine for `scripts/setup.sh`: a fresh clone, and a PATH with the standard
 * tools and fakes for the rest. The machine has npm, Chromium, Postgres, nginx and the built files; it runs
 * Linux, the user is root, and redis-server is missing. The folder is removed when the test ends.
 */
export class SetupMachine {
  readonly home = fs.mkdtempSync(join(tmpdir(), 'setup-'));
  readonly bin = join(this.home, 'bin');
  readonly project = join(this.home, 'a project');

  constructor() {
    onTestFinished(() => fs.rmSync(this.home, { recursive: true }));
    fs.mkdirSync(this.bin);
    fs.mkdirSync(join(this.project, 'scripts'), { recursive: true });
    // The result must not depend on Postgres and nginx of the real machine.
    const script = fs
      .readFileSync(SCRIPT, 'utf8')
      .replaceAll(/\/usr\/lib\/postgresql|\/\S+\/opt\/postgresql/g, join(this.home, 'lib'))
      .replaceAll('/usr/sbin/nginx', join(this.home, 'sbin/nginx'));
    fs.writeFileSync(join(this.project, 'scripts/setup.sh'), script);
    for (const folder of ['src/app', 'src/dashboard/app']) {
      fs.mkdirSync(join(this.project, folder), { recursive: true });
    }
    fs.writeFileSync(join(this.project, 'package-lock.json'), '{"name":"one"}');
    for (const tool of TOOLS) fs.symlinkSync(tool, join(this.bin, tool.replace(/.*\//, '')));
    this.command('npm', NPM);
    this.command('chromium');
    this.build(PAGE);
    this.build(PROGRAM);
    this.command('uname', 'echo Linux');
    this.command('id', 'echo 0');
    this.command('initdb');
    this.command('nginx');
  }

  /** @returns a machine after a run of the script: it has redis-server and the npm packages */
  static async setUp(): Promise<SetupMachine> {
    const machine = new SetupMachine();
    machine.command('redis-server');
    await machine.setup();
    fs.rmSync(join(machine.home, 'calls'));
    return machine;
  }

  /** Adds a command to the PATH that records each call, then runs `body`. */
  command(name: string, body = ''): void {
    const record = name === 'uname' || name === 'id' ? '' : `echo "${name} $*" >> "$CALLS"`;
    const text = `#!/bin/sh\n${record}\n${body}\n`;
    fs.writeFileSync(join(this.bin, name), text, { mode: 0o755 });
  }

  /** Removes a command from the PATH. */
  withoutCommand(name: string): void {
    fs.rmSync(join(this.bin, name));
  }

  start(mode: string): ChildProcess {
    return spawn('/bin/sh', [join(this.project, 'scripts/setup.sh'), mode], {
      env: { PATH: this.bin, BIN: this.bin, CALLS: join(this.home, 'calls') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  setup(mode = 'test'): Promise<Ended> {
    const child = this.start(mode);
    return finish(child, once(child, 'exit'));
  }

  /** @returns the recorded calls of commands, each with its arguments */
  calls(): string[] {
    const file = join(this.home, 'calls');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  installs(): string[] {
    return this.calls().filter((call) => /npm ci|apt-get|brew install/.test(call));
  }

  /** @param builtAt seconds since 1970. @default newer than all sources */
  build(path: typeof PAGE | typeof PROGRAM, builtAt = Date.now() / 1_000 + 60): void {
    const file = join(this.project, path);
    fs.mkdirSync(join(file, '..'), { recursive: true });
    fs.writeFileSync(file, '');
    fs.utimesSync(file, builtAt, builtAt);
  }

  /** Removes a built file. */
  unbuild(path: typeof PAGE | typeof PROGRAM): void {
    fs.rmSync(join(this.project, path));
  }
}

/** @param exit promise of the child's `exit` event, created before the event can occur */
export async function finish(
  { stdout, stderr, pid }: ChildProcess,
  exit: Promise<unknown[]>,
): Promise<Ended> {
  if (!stdout || !stderr) throw new Error(`no output from ${pid}`);
  const output = (await Promise.all([text(stdout), text(stderr)])).join('');
  const [code] = await exit;
  return { code, output };
}
