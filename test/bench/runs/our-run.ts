import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Program } from '../../support/program.ts';
import { temporaryFolder } from '../belongings.ts';
import { type MakespanBound, makespanBound } from '../makespan-bound.ts';
import { openPortal } from '../portal.ts';
import { csvOf, loadOf, pairsOf, type Regime, settingsOf } from '../regime.ts';
import { startSecondClient } from './second-client.ts';

/** Result of the program in a regime. Times in seconds. */
export interface OurRun {
  pairs: number;
  /** Without the check before the start and without the requests of a second client. */
  requests: number;
  /** From the import's start to its last outcome, according to the ledger. */
  makespan: number;
  bound: MakespanBound;
  ratio: number;
  rateLimitErrors: number;
  operatingErrors: number;
  maxConcurrent: number;
  /** Refused requests of the second client. */
  refusedToOthers: number;
}

/** Tolerance for early timers and an inexact pace of the second client, as a share. */
const CLOCK_ERROR = 0.02;

/**
 * Runs the program as a user does, in its own folder.
 *
 * @param settings additional settings, for example another Redis
 * @throws Error when a pair was not invited exactly once, or when the run beat the bound, which is then
 * wrong
 */
export async function runOurs(
  regime: Regime,
  settings: Record<string, string> = {},
): Promise<OurRun> {
  using folder = temporaryFolder();
  await using portal = await openPortal(regime);
  const file = join(folder.path, 'pairs.csv');
  writeFileSync(file, csvOf(regime));
  const dataDir = join(folder.path, 'data');
  const { webhookUrl } = portal;
  const program = new Program(dataDir, {
    BITRIX24_WEBHOOK_URL: webhookUrl,
    ...settingsOf(regime),
    ...settings,
  });
  const stopOther = startSecondClient(webhookUrl, regime.otherPerSecond);
  // The second client has its share of the bucket by the time the program starts.
  if (regime.otherPerSecond > 0) await sleep(1_000);
  const { code, stdout, stderr } = await program.call('run', file, '--json');
  const other = await stopOther();
  if (code !== 0) throw new Error(`${regime.name}: exit code ${code}\n${stdout}\n${stderr}`);
  const truth = await portal.truth();
  const pairs = pairsOf(regime);
  const invited = JSON.parse(stdout).outcomes.invited;
  if (invited !== pairs || truth.invitationsSent !== pairs) {
    const reported = `${invited} of ${pairs} invited, ${truth.invitationsSent} notifications`;
    throw new Error(`${regime.name}: ${reported}\n${stdout}`);
  }
  const { startedAt, finishedAt } = readTimes(join(dataDir, 'ledger.db'));
  const makespan = (finishedAt - startedAt) / 1_000;
  // Only requests during the run count: before and after it, the second client has the bucket alone.
  const served = other.servedAt.filter((at) => at > startedAt && at < finishedAt).length;
  const bound = makespanBound(loadOf(regime, served / makespan));
  if (makespan < bound.seconds * (1 - CLOCK_ERROR)) {
    throw new Error(`${regime.name}: ${makespan} s beat the bound ${JSON.stringify(bound)}`);
  }
  const preflight = truth.calls.scope ?? 0;
  return {
    pairs,
    requests: truth.requests - preflight - other.servedAt.length - other.refused,
    makespan,
    bound,
    ratio: makespan / bound.seconds,
    rateLimitErrors: truth.rateLimitErrors - other.refused,
    operatingErrors: truth.operatingErrors,
    maxConcurrent: truth.maxConcurrent,
    refusedToOthers: other.refused,
  };
}

/** @returns start and end of the import, in milliseconds since 1970 */
function readTimes(path: string): { startedAt: number; finishedAt: number } {
  const ledger = new DatabaseSync(path, { readOnly: true });
  try {
    const row = ledger.prepare('SELECT started_at, finished_at FROM imports').get();
    return { startedAt: Number(row?.started_at), finishedAt: Number(row?.finished_at) };
  } finally {
    ledger.close();
  }
}
