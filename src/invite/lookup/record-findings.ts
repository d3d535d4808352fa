import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Verdict } from '../../domain/pairs/outcome.ts';
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

/** What reading groups and people says of a pair. */
export type PairFinding =
  | { kind: 'settled'; verdict: Verdict }
  /** Surely not invited: back in line. */
  | { kind: 'resend' }
  /** Could not be read now. */
  | { kind: 'wait'; failure: PortalFailure };

/**
 * What could not be read now waits, unless that was an attempt about its pairs, and the last one.
 *
 * @param otherwise how the pair ends then
 */
export const waitOr = (
  failure: PortalFailure,
  isLast: boolean,
  otherwise: (detail: RowDetail) => Verdict,
): PairFinding =>
  isLast && countsAsAttempt(failure)
    ? { kind: 'settled', verdict: otherwise(failureDetail(failure)) }
    : { kind: 'wait', failure };

/** What could not be read: the pairs concerned wait. */
export interface Unread {
  failures: readonly PortalFailure[];
}

/**
 * Records what reading says of pairs, but for those of which more is known by now.
 *
 * @param pairs as they were when the reading began
 * @returns what could not be read, none of it twice
 */
export async function recordFindings(
  context: PipelineContext,
  chunk: OwnedChunk,
  pairs: readonly SentPair[],
  find: (pair: SentPair) => PairFinding,
): Promise<StepResult<Unread>> {
  const { range } = chunk;
  return withOwnership(context.db, chunk, async (tx): Promise<Unread> => {
    const settlements: Settlement[] = [];
    const resend: SentPair[] = [];
    const waiting: WaitingPair[] = [];
    const answered: GroupId[] = [];
    // The answer may have come after all, to whoever owned the chunk before.
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
      // An attempt at a portal that was silent is given back.
      await unmarkSent(tx, range.import_id, requestId, seqsOf(true));
      await clearSent(tx, range.import_id, requestId, seqsOf(false));
    }
    await recordRetry(tx, context, chunk, waiting, answered);
    return { failures: [...new Set(waiting.map(({ failure }) => failure))] };
  });
}
