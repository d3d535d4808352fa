import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Verdict } from '../../domain/pairs/outcome.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { keepUnchanged, type SentPair } from '../../ledger/delivery/read-sent.ts';
import { recordOutcomes, type Settlement } from '../../ledger/delivery/record-outcomes.ts';
import { clearSent, unmarkSent } from '../../ledger/delivery/sent-pairs.ts';
import type { RowDetail } from '../../messages/row-details.ts';
import type { PortalFailure } from '../../portal/http/failure.ts';
import { failureDetail } from '../failure-detail.ts';
import { countsAsAttempt } from '../failure-policy.ts';
import type { OwnedChunk, PipelineContext, StepResult } from '../pipeline-context.ts';
import { recordRetry, type WaitingPair } from '../record-retry.ts';
import { withOwnership } from '../with-ownership.ts';

/** What the read groups and users say about a pair. */
export type PairFinding =
  | { kind: 'settled'; verdict: Verdict }
  /** Certainly not invited: pending again. */
  | { kind: 'resend' }
  /** Could not be read now. */
  | { kind: 'wait'; failure: PortalFailure };

/**
 * Finding for a pair that could not be read now: it waits, unless the read counts as an attempt and was the
 * last one.
 *
 * @param otherwise verdict after the last attempt
 */
export const waitOr = (
  failure: PortalFailure,
  isLast: boolean,
  otherwise: (detail: RowDetail) => Verdict,
): PairFinding =>
  isLast && countsAsAttempt(failure)
    ? { kind: 'settled', verdict: otherwise(failureDetail(failure)) }
    : { kind: 'wait', failure };

type Find = (pair: SentPair) => PairFinding;

/** What could not be read: the pairs concerned wait. */
export interface Unread {
  failures: readonly PortalFailure[];
}

/**
 * Records what the read says about pairs, except those with newer information.
 *
 * @param pairs as they were when the read began
 * @param prepare called in the transaction that records; it may read the ledger
 * @returns what could not be read, without repetitions
 */
export async function recordFindings(
  context: PipelineContext,
  chunk: OwnedChunk,
  pairs: readonly SentPair[],
  prepare: (tx: Db) => Find | Promise<Find>,
): Promise<StepResult<Unread>> {
  const { range } = chunk;
  return withOwnership(context.db, chunk, async (tx): Promise<Unread> => {
    const settlements: Settlement[] = [];
    const resend: SentPair[] = [];
    const waiting: WaitingPair[] = [];
    const answered: GroupId[] = [];
    const find = await prepare(tx);
    // The chunk's previous owner may have received the answer after all.
    for (const pair of await keepUnchanged(tx, range, pairs)) {
      const { seq, groupId } = pair;
      const found = find(pair);
      if (found.kind !== 'wait') answered.push(groupId);
      switch (found.kind) {
        case 'settled':
          settlements.push({ seq, verdict: found.verdict });
          break;
        case 'resend':
          resend.push(pair);
          break;
        case 'wait':
          waiting.push({ seq, groupId, failure: found.failure });
          break;
        default:
          found satisfies never;
      }
    }
    await recordOutcomes(tx, range, settlements);
    for (const [requestId, sent] of Map.groupBy(resend, (pair) => pair.requestId)) {
      const seqsOf = (isSilent: boolean) =>
        sent.filter(({ phase }) => (phase === 'silent') === isSilent).map(({ seq }) => seq);
      // An attempt does not count when the portal was silent.
      await unmarkSent(tx, range.import_id, requestId, seqsOf(true));
      await clearSent(tx, range.import_id, requestId, seqsOf(false));
    }
    await recordRetry(tx, context, chunk, waiting, answered);
    return { failures: [...new Set(waiting.map(({ failure }) => failure))] };
  });
}
