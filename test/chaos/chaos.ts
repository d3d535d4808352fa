import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Random, seededRandom } from '../../src/sandbox/state/random.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import type { TestDatabase } from '../support/ledger/test-database.ts';
import { Program } from '../support/program.ts';
import { orderSandbox } from '../support/sandbox-order.ts';
import { compare } from './compare.ts';
import { chooseFault, type FaultName, type FaultTarget, injectFault } from './inject-chaos.ts';
import { makeScenario } from './scenario.ts';

export interface ChaosOptions {
  /** Database of the ledger. @default a file */
  database?: TestDatabase | undefined;
  /**
   * Faults to inject, one after the other as the import progresses. The portal holds its answers in the
   * meantime, so that no fault comes too late.
   * @default faults and times that the seed determines
   */
  faults?: readonly FaultName[];
  /** Approximate number of rows in the file. @default determined by the seed, from 400 to 1,600 */
  size?: number;
}

export interface ChaosReport {
  seed: number;
  pairs: number;
  /** Injected faults, in order. */
  faults: string[];
  starts: number;
  /** Differences from the state of the portal; empty if there are none. */
  wrong: string[];
}

/**
 * The portal ends every request within this time. The program waits longer, by more than a machine
 * stalls.
 */
const REQUEST_LIMIT_SECONDS = 2.4;
const TIMEOUT_SECONDS = 5;
/**
 * Server seconds that a method may use per window: more than an import here uses. The portal's own window
 * is ten minutes; an import pauses that long when the portal reports that the limit is used up.
 */
const OPERATING_SECONDS = 24;
const OPERATING_WINDOW_SECONDS = 30;
/** Longest time until a plain start completes the import, whatever faults came before. */
const TIMEOUT_MS = 200_000;

/** Runs one import while it injects faults, and compares the results with the state of the portal. */
export async function runChaos(
  seed: number,
  { database, faults, size }: ChaosOptions = {},
): Promise<ChaosReport> {
  const random = seededRandom(seed);
  const scenario = makeScenario(random, size ?? 400 + Math.floor(random() * 1_200));
  const sandbox = await startSandbox({
    seed: scenario.seed,
    faultSeed: seed,
    burst: 100,
    requestsPerSecond: 100,
    inviteSeconds: 0.005 + random() * 0.01,
    requestLimitSeconds: REQUEST_LIMIT_SECONDS,
    operatingLimitSeconds: OPERATING_SECONDS,
    operatingWindowSeconds: OPERATING_WINDOW_SECONDS,
  });
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-chaos-'));
  const file = join(folder, 'pairs.csv');
  writeFileSync(file, scenario.csv);
  const program = new Program(join(folder, 'data'), {
    BITRIX24_WEBHOOK_URL: sandbox.webhookUrl,
    BITRIX24_BURST: '100',
    BITRIX24_REQUESTS_PER_SECOND: '100',
    BITRIX24_REQUEST_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS),
    BITRIX24_OPERATING_LIMIT_SECONDS: String(OPERATING_SECONDS),
    BITRIX24_OPERATING_WINDOW_SECONDS: String(OPERATING_WINDOW_SECONDS),
    MAX_ATTEMPTS: '100',
    ...(database && { LEDGER_URL: database.url }),
    ...(process.env.CHAOS_KEEP === undefined ? {} : { LOG_LEVEL: 'debug' }),
  });
  const report: ChaosReport = {
    seed,
    pairs: scenario.pairs.length,
    faults: [],
    starts: 0,
    wrong: [],
  };
  let current: ReturnType<Program['start']> | undefined;
  const order = (path: string, body: unknown) => orderSandbox(sandbox, path, body);
  const always: Fault[] = faults ? [{ kind: 'gate_answer', method: INVITE }] : [];
  const target: FaultTarget = {
    program,
    setFaults: (...added) => order('faults', [...added, ...always]),
    openGate: () => order('gate/open', {}),
    runner: () => current?.child,
    ...(database && { loseLedger: database.lose }),
  };
  const over = new AbortController();
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const ended = AbortSignal.any([over.signal, deadline]);
  const injectFaults = async () => {
    const invitations = scenario.pairs.filter(({ expected }) => expected === INVITED).length;
    await target.setFaults();
    const names = faults
      ? namesByProgress(sandbox, target, invitations, faults, ended)
      : namesAtRandomTimes(target, random, ended);
    for await (const name of names) {
      report.faults.push(name);
      await injectFault(name, target, random);
    }
    await order('faults', []);
    await target.openGate();
  };
  try {
    const injected = injectFaults();
    deadline.addEventListener('abort', () => program.killAll());
    let results = '';
    while (results === '' && !deadline.aborted) {
      report.starts++;
      current = program.start('run', file, '--json');
      const { stdout, stderr } = await current.ended;
      if (process.env.CHAOS_KEEP !== undefined)
        writeFileSync(join(folder, `${report.starts}.log`), stderr);
      // A process that was ended or killed can have completed the import just before.
      if (/^\{.*\}\n$/.test(stdout)) results = readFileSync(JSON.parse(stdout).results, 'utf8');
      else if (/This is a bug/.test(stderr)) report.wrong.push(stderr);
    }
    over.abort();
    await injected;
    program.killAll();
    if (results === '') report.wrong.push(`no end within ${TIMEOUT_MS / 1_000} s`);
    else {
      const response = await fetch(`${sandbox.origin}/sandbox/truth`);
      const truth: Truth = JSON.parse(await response.text());
      report.wrong.push(...compare(scenario, results, truth));
    }
    return report;
  } finally {
    program.killAll();
    await sandbox.close();
    if (process.env.CHAOS_KEEP === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

const INVITE = 'sonet_group.user.invite';
const INVITED = 'invited/returned';

/** @returns the names one by one, each when a further share of the invitations has been sent */
async function* namesByProgress(
  sandbox: Sandbox,
  { openGate }: FaultTarget,
  invitations: number,
  names: readonly FaultName[],
  signal: AbortSignal,
) {
  for (const [at, name] of names.entries()) {
    const due = (invitations * (at + 1)) / (names.length + 2);
    for (let sent = 0; sent < due && !signal.aborted; await openGate()) {
      const wanted = ({ invitationsSent, atGate }: Truth) => {
        sent = invitationsSent;
        return sent >= due || atGate > 0;
      };
      await sandbox.until(wanted, signal).catch(() => {});
    }
    if (signal.aborted) return;
    yield name;
  }
}

/** @returns a few random names, about one per second */
async function* namesAtRandomTimes(target: FaultTarget, random: Random, signal: AbortSignal) {
  for (let left = 3 + Math.floor(random() * 8); left > 0 && !signal.aborted; left--) {
    await sleep(200 + random() * 1_200);
    yield chooseFault(target, random);
  }
}
