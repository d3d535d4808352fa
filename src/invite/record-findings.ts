import type { Verdict } from '../domain/outcome.ts';
import { recordOutcomes, type Settlement } from '../ledger/outcomes.ts';
import { keepUnchanged, type SentPair } from '../ledger/read-sent.ts';
import { clearSent, unmarkSent } from '../ledger/sent-pairs.ts';
import { describeFailure, type PortalFailure } from '../portal/failure.ts';
import { asOwner } from './as-owner.ts';
import { countsAsAttempt } from './failure-policy.ts';
import { noteWaiting, type WaitingPair } from './waiting.ts';
import type { OwnedChunk, StepResult, Work } from './work.ts';

/** What reading groups and people says of a pair. */
export type Finding =
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
  otherwise: (detail: string) => Verdict,
): Finding =>
  isLast && countsAsAttempt(failure)
    ? { kind: 'settled', verdict: otherwise(describeFailure(failure)) }
    : { kind: 'wait', failure };

/**
 * Records what reading says of pairs, but for those of which more is known by now.
 *
 * @param pairs as they were when the reading began
 * @returns a failure when something could not be read: those pairs wait, an attempt the fewer
 */
export async function recordFindings(
  { db }: Work,
  chunk: OwnedChunk,
  pairs: readonly SentPair[],
  find: (pair: SentPair) => Finding,
): Promise<StepResult<PortalFailure | undefined>> {
  const { range } = chunk;
  let failure: PortalFailure | undefined;
  const stop = await asOwner(db, chunk, async (tx): Promise<undefined> => {
    const settlements: Settlement[] = [];
    const resend: SentPair[] = [];
    const waiting: WaitingPair[] = [];
    // The answer may have come after all, to whoever owned the chunk before.
    for (const pair of await keepUnchanged(tx, range, pairs)) {
      const { seq } = pair;
      const found = find(pair);
      switch (found.kind) {
        case 'settled':
          settlements.push({ seq, verdict: found.verdict });
          break;
        case 'resend':
          resend.push(pair);
          break;
        case 'wait':
          failure = found.failure;
          waiting.push({ seq, failure });
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
    await noteWaiting(tx, range.import_id, waiting);
  });
  return stop ?? failure;
}
