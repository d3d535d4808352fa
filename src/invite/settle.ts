import type { GroupId } from '../domain/pairs/ids.ts';
import type { Verdict } from '../domain/pairs/outcome.ts';
import type { Pair } from '../domain/pairs/pair.ts';
import type { Db } from '../ledger/db/schema.ts';
import { endGroupWaits, noteGroupFailures } from '../ledger/delivery/group-waits.ts';
import { putBackConcluded } from '../ledger/delivery/put-back.ts';
import { readMarkedBy } from '../ledger/delivery/read-sent.ts';
import { recordOutcomes, type Settlement } from '../ledger/delivery/record-outcomes.ts';
import {
  clearSent,
  markLeftOut,
  markOver,
  markSilent,
  unmarkSent,
} from '../ledger/delivery/sent-pairs.ts';
import { noteFailure } from '../ledger/pairs/pair-queries.ts';
import type { RowDetail } from '../messages/row-details.ts';
import { isPortals, type PortalFailure } from '../portal/http/failure.ts';
import { failureDetail } from './failure-detail.ts';
import { INVITING } from './operations/invite/invite-operation.ts';
import { aloneOf, matchAnswer, type PairAnswer } from './operations/match-answer.ts';
import { recordAnswer } from './operations/record-answer.ts';
import { type OwnedChunk, type PipelineContext, pauseAfter } from './pipeline-context.ts';
import type { SentRequest } from './send.ts';

/**
 * Records the result of a request: every outcome, mark and tally in one transaction. It uses the request's
 * id and not the chunk's owner, so that no answer is lost, and changes only the pairs that this request
 * still has marked. The exception are invited pairs: they are recorded as invited even if a later read of
 * the group has removed the mark and come to another conclusion. Waits for a ledger that is unreachable.
 *
 * @param signal ends that wait
 * @returns pairs to be sent again in their own requests, grouped by command
 * @throws the ledger's error when it stays unreachable
 */
export async function settle(
  context: PipelineContext,
  { range }: Pick<OwnedChunk, 'range'>,
  request: SentRequest,
  signal: AbortSignal,
): Promise<readonly (readonly Pair[])[]> {
  const { maxAttempts } = context;
  const { id, answer } = request;
  const importId = range.import_id;
  const byCommand = matchAnswer(INVITING, request);
  const all = byCommand.flatMap((answers) => [...answers]);
  const record = async (tx: Db) => {
    const marked = await readMarkedBy(tx, importId, id);
    const answers = all.filter(([{ seq }, { kind }]) => marked.has(seq) || kind === 'done');
    const seqs = (kind: PairAnswer['kind']) =>
      answers.filter(([, pairAnswer]) => pairAnswer.kind === kind).map(([{ seq }]) => seq);
    const settlements: Settlement[] = [];
    const failures: { seq: number; detail: RowDetail }[] = [];
    const failed = new Map<GroupId, PortalFailure>();
    const answered = new Set<GroupId>();
    for (const [{ seq, attempts, groupId }, pairAnswer] of answers) {
      const verdict = verdictOf(pairAnswer);
      if (pairAnswer.kind === 'failed') failed.set(groupId, pairAnswer.failure);
      else if (verdict !== undefined || pairAnswer.kind === 'left_out') answered.add(groupId);
      if (verdict !== undefined) settlements.push({ seq, verdict });
      if (!('failure' in pairAnswer)) continue;
      const detail = failureDetail(pairAnswer.failure);
      if (isPortals(pairAnswer.failure)) failures.push({ seq, detail });
      if (pairAnswer.kind === 'failed' && attempts >= maxAttempts) {
        settlements.push({
          seq,
          verdict: { outcome: 'failed', reason: 'portal_error', details: [detail] },
        });
      }
    }
    const unmarked = answers.filter(([{ seq }]) => !marked.has(seq)).map(([{ seq }]) => seq);
    await putBackConcluded(tx, range, unmarked);
    await noteFailure(tx, importId, failures);
    const ended = [...answered].filter((id) => !failed.has(id));
    await endGroupWaits(tx, range, 'invite', ended);
    await noteGroupFailures(tx, range, 'invite', failed, (count) => pauseAfter(context, count));
    await recordOutcomes(tx, range, settlements, id);
    await markLeftOut(tx, importId, id, seqs('left_out'));
    await unmarkSent(tx, importId, id, [...seqs('returned'), ...seqs('alone')]);
    await clearSent(tx, importId, id, seqs('failed'));
    await markSilent(tx, importId, id, seqs('uncounted'));
    // A batch that was answered has ended, also for its failed commands.
    if (answer.ok) await markOver(tx, importId, id, seqs('in_doubt'));
  };
  await recordAnswer(context, { importId, requestId: id }, record, signal);
  return aloneOf(byCommand);
}

const GROUP_NOT_FOUND: Verdict = { outcome: 'failed', reason: 'group_not_found' };
const INVITED: Verdict = { outcome: 'invited', reason: 'returned' };

/** @returns the outcome that an answer means; undefined when it means none yet */
export function verdictOf({ kind }: PairAnswer): Verdict | undefined {
  if (kind === 'done') return INVITED;
  return kind === 'no_group' ? GROUP_NOT_FOUND : undefined;
}
