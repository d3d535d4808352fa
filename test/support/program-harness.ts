import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse/sync';
import type { Fault } from '../../src/sandbox/faults.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import { type Ended, Program } from './program.ts';
import { harnessDatabase } from './redis/harness-database.ts';
import { orderSandbox } from './sandbox-order.ts';

/** A sandbox portal, the program as a user starts it, and a folder for both. */
export interface ProgramHarness extends AsyncDisposable {
  readonly folder: string;
  readonly program: Program;
  readonly origin: string;
  /** Writes a file. @returns its path */
  file(name: string, content: string | Uint8Array): string;
  truth(): Promise<Truth>;
  setFaults(...faults: Fault[]): Promise<void>;
  /** Releases requests that wait at the portal's gate. @param requests number of requests. @default all */
  openGate(requests?: number): Promise<void>;
  /** Removes all faults and releases all requests at the gate. */
  removeGate(): Promise<void>;
  /** Resolves when the default number of concurrent requests waits at the gate. */
  untilGateIsFull(): Promise<void>;
  order(path: string, body: unknown): Promise<void>;
  /**
   * Waits until the portal is idle, then lets the lifetime of all unanswered requests expire: the next
   * worker that claims their pairs reads the groups at once.
   */
  ageRequests(): Promise<void>;
  /** Resolves when `wanted` accepts the state of the portal. */
  until(wanted: (truth: Truth) => boolean): Promise<void>;
}

const QUICK: Partial<SandboxOptions> = {
  burst: 200,
  requestsPerSecond: 200,
  inviteSeconds: 0.002,
  readSeconds: 0.001,
  requestLimitSeconds: 4,
};

const SETTINGS = {
  BITRIX24_BURST: '200',
  BITRIX24_REQUESTS_PER_SECOND: '200',
  // Longer than any request waits at the gate, even on a busy machine.
  BITRIX24_REQUEST_TIMEOUT_SECONDS: '600',
};

const TIMEOUT_MS = 90_000;
/** Default of the setting CONCURRENCY. */
const CONCURRENCY = 4;

/** Setting for a private Redis, the default of the program. */
export const PRIVATE_REDIS = { REDIS_URL: '' };
/**
 * Setting for tests with lost answers: the program reads the groups after this timeout. The portal ends
 * every request one second earlier.
 */
export const SHORT_TIMEOUT = { BITRIX24_REQUEST_TIMEOUT_SECONDS: '5' };

/**
 * Opens a harness with a fast portal. It has its own database on the Redis that all harnesses share,
 * unless `settings` contain {@link PRIVATE_REDIS}.
 */
export async function openHarness(
  options: Partial<SandboxOptions> = {},
  settings: Record<string, string> = {},
): Promise<ProgramHarness> {
  const sandbox = await startSandbox({ ...QUICK, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-harness-'));
  const program = new Program(join(folder, 'data'), {
    BITRIX24_WEBHOOK_URL: sandbox.webhookUrl,
    ...SETTINGS,
    ...(settings.REDIS_URL === undefined && { REDIS_URL: await harnessDatabase() }),
    ...settings,
  });
  const order = (path: string, body: unknown) => orderSandbox(sandbox, path, body);
  const truth = async (): Promise<Truth> =>
    JSON.parse(await (await fetch(`${sandbox.origin}/sandbox/truth`)).text());
  const until = async (wanted: (truth: Truth) => boolean) => {
    try {
      await sandbox.until(wanted, AbortSignal.timeout(TIMEOUT_MS));
    } catch (cause) {
      throw new Error(`The portal did not reach the state:\n${program.output()}`, { cause });
    }
  };
  return {
    folder,
    program,
    origin: sandbox.origin,
    order,
    truth,
    setFaults: (...faults) => order('faults', faults),
    openGate: (requests) => order('gate/open', { requests }),
    async removeGate() {
      await order('faults', []);
      await order('gate/open', {});
    },
    untilGateIsFull: () => until(({ atGate }) => atGate === CONCURRENCY),
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    until,
    async ageRequests() {
      await until(({ inFlight }) => inFlight === 0);
      using ledger = new DatabaseSync(join(folder, 'data/ledger.db'), { timeout: TIMEOUT_MS });
      ledger.exec('update sent_pairs set ends_by = 0');
    },
    async [Symbol.asyncDispose]() {
      program.killAll();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Output of `run --json`. */
export interface Summary {
  importId: number;
  rows: number;
  pairs: number;
  outcomes: Record<string, number>;
  reasons: Record<string, number>;
  results: string;
}

/** @throws Error when stdout is not exactly one JSON line */
export function summaryOf({ stdout, stderr }: Ended): Summary {
  if (!/^\{.*\}\n$/.test(stdout)) throw new Error(`no summary: ${stdout}\n${stderr}`);
  return JSON.parse(stdout);
}

/** @returns the records of a results CSV */
export function readResults(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { bom: true, columns: true });
}

/** Marks the ledger as migrated by a newer version of the program. */
export function markAsNewer({ folder }: ProgramHarness): void {
  using ledger = new DatabaseSync(join(folder, 'data/ledger.db'), { timeout: TIMEOUT_MS });
  ledger.exec("insert into kysely_migration values ('9999-later', '2030-01-01')");
}

/** Checks that exactly `pairs` pairs were invited, each exactly once. */
export async function expectEachOnce({ truth }: ProgramHarness, pairs: number): Promise<void> {
  const { notifications } = await truth();
  assert.equal(notifications.length, pairs);
  assert.deepEqual(
    notifications.filter(({ count }) => count !== 1),
    [],
  );
}

/** @returns a CSV of `groups` × `users` pairs, with group ids from `firstGroup` and user ids from 2 */
export function crowd(groups: number, users: number, firstGroup = 1): string {
  const lines = ['group_id,user_id'];
  for (let group = 0; group < groups; group++) {
    for (let user = 0; user < users; user++) lines.push(`${firstGroup + group},${user + 2}`);
  }
  return `${lines.join('\n')}\n`;
}
