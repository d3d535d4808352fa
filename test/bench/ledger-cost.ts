import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Pair } from '../../src/domain/pairs/pair.ts';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import type { OwnedChunk, PipelineContext } from '../../src/invite/pipeline-context.ts';
import { settle } from '../../src/invite/settle.ts';
import { withOwnership } from '../../src/invite/with-ownership.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { claimChunk } from '../../src/ledger/delivery/chunks.ts';
import { markSent } from '../../src/ledger/delivery/sent-pairs.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { takeCsv } from '../support/ledger/take-csv.ts';
import { unsettledChunks } from '../support/ledger/unsettled-chunks.ts';
import { temporaryFolder } from './belongings.ts';

/** Ledger time per request: marking its pairs as sent and settling them. */
export interface LedgerCost {
  pairsPerRequest: number;
  requests: number;
  /** Medians in milliseconds, including the commit to disk. */
  markMs: number;
  settleMs: number;
}

const PORTAL = 'bench.example';
const NEVER = new AbortController().signal;

/**
 * Runs the writing steps of the pipeline for each chunk of a new import, on a ledger on disk.
 *
 * @param groups number of groups per request
 * @param users number of users that a request invites to each of its groups
 */
export async function measureLedger(
  requests: number,
  { groups, users }: { groups: number; users: number },
): Promise<LedgerCost> {
  using folder = temporaryFolder();
  const db = await openLedger(join(folder.path, 'ledger.db'));
  const marks: number[] = [];
  const settles: number[] = [];
  try {
    const lines = ['group_id,user_id'];
    for (let group = 1; group <= groups * requests; group++) {
      for (let user = 2; user < users + 2; user++) lines.push(`${group},${user}`);
    }
    const csv = Buffer.from(lines.join('\n'));
    const source = { fileName: 'pairs.csv', fileDigest: 'bench', portal: PORTAL, message: null };
    const importId = await takeCsv(db, source, () => Readable.from([csv]));
    for (const number of await unsettledChunks(db, importId)) {
      const range = await claimChunk(db, importId, number, 'bench');
      if (range === undefined) throw new Error(`no chunk ${number}`);
      const pairs = await readSendable(db, range);
      for (let at = 0; at < pairs.length; at += groups * users) {
        const part = pairs.slice(at, at + groups * users);
        const { markMs, settleMs } = await oneRequest(db, { range, owner: 'bench' }, part);
        if (part.length < groups * users) continue;
        marks.push(markMs);
        settles.push(settleMs);
      }
    }
  } finally {
    await db.destroy();
  }
  return {
    pairsPerRequest: groups * users,
    requests: marks.length,
    markMs: median(marks),
    settleMs: median(settles),
  };
}

async function oneRequest(db: Db, chunk: OwnedChunk, pairs: readonly Pair[]) {
  const id = crypto.randomUUID();
  const byGroup = [...Map.groupBy(pairs, ({ groupId }) => groupId)];
  const commands = byGroup.map(([groupId, members]) => ({
    command: { groupId, message: null, userIds: members.map(({ userId }) => userId) },
    pairs: members,
  }));
  const results = commands.map(({ command }) => ({ ok: true as const, result: command.userIds }));
  const startedAt = performance.now();
  await withOwnership(db, chunk, (tx) =>
    markSent(tx, PORTAL, chunk.range, { id, lifetimeMs: 60_000 }, pairs),
  );
  const markedAt = performance.now();
  // Settling an answer sends no request.
  const work = {
    db,
    clock: SYSTEM_CLOCK,
    random: Math.random,
    maxAttempts: 20,
  } as unknown as PipelineContext;
  await settle(work, chunk, { id, commands, answer: { ok: true, results } }, NEVER);
  return { markMs: markedAt - startedAt, settleMs: performance.now() - markedAt };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
