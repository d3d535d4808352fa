import type { GroupId } from '../domain/pairs/ids.ts';
import type { Verdict } from '../domain/pairs/outcome.ts';
import type { Pair } from '../domain/pairs/pair.ts';
import { untilLedgerIsBack } from '../ledger/db/away.ts';
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
import { changeImport } from '../ledger/imports/change-import.ts';
import { noteFailure } from '../ledger/pairs/pair-queries.ts';
import type { RowDetail } from '../messages/row-details.ts';
import type { CallResult } from '../portal/http/batch.ts';
import { isPortals, type PortalFailure } from '../portal/http/failure.ts';
import { readInvited } from '../portal/methods/invite.ts';
import { failureDetail } from './failure-detail.ts';
import { consequencesOf } from './failure-policy.ts';
import { type OwnedChunk, type PipelineContext, pauseAfter } from './pipeline-context.ts';
import type { SentRequest } from './send.ts';

/** A server restarts within this; an answer that nobody can write down is lost after it. */
const RECORDED_WITHIN_MS = 120_000;

/** What an answer means for one pair of the request. */
export type PairResult =
  | { kind: 'settled'; verdict: Verdict }
  /** Answered, not named: to be diagnosed. */
  | { kind: 'left_out' }
  /** Surely not executed, and not the pair's fault: back in line, the attempt returned. */
  | { kind: 'returned' }
  /** The same, and nobody knows why: to be sent by itself. */
  | { kind: 'alone' }
  /** Not executed for a reason of the portal's making: the attempt counts. */
  | { kind: 'failed'; failure: PortalFailure }
  /** Perhaps executed: to be confirmed once the portal has surely ended the request. */
  | { kind: 'in_doubt'; failure: PortalFailure }
  /** The same, and not the pair's fault: the attempt is returned if it was not executed. */
  | { kind: 'uncounted'; failure: PortalFailure };

const NOT_READABLE: PortalFailure = {
  kind: 'unanswered',
  code: 'UNREADABLE',
  description: 'the answer is not a list of ids',
};

/** Where in a request an answer to a command stands. */
type Place = 'request' | 'command' | 'later_command';

/** Matches the answer to one command with its pairs, as numbers. */
export function matchAnswer(
  pairs: readonly Pair[],
  result: CallResult,
  place: Place = 'command',
): Map<Pair, PairResult> {
  const invited = result.ok ? readInvited(result.result) : undefined;
  const failure = result.ok ? NOT_READABLE : result.failure;
  const pairResult = (pair: Pair): PairResult => {
    if (invited === undefined) return pairResultOf(failure, place);
    if (!invited.has(pair.userId)) return { kind: 'left_out' };
    return { kind: 'settled', verdict: { outcome: 'invited', reason: 'returned' } };
  };
  return new Map(pairs.map((pair) => [pair, pairResult(pair)]));
}

function pairResultOf(failure: PortalFailure, place: Place): PairResult {
  const { pair } = consequencesOf(failure, place);
  switch (pair) {
    case 'returned':
    case 'alone':
      return { kind: pair };
    case 'settled':
      return { kind: 'settled', verdict: { outcome: 'failed', reason: 'group_not_found' } };
    case 'failed':
    case 'in_doubt':
    case 'uncounted':
      return { kind: pair, failure };
    default:
      return pair satisfies never;
  }
}

/**
 * Records what a request brought: every outcome, mark and tally in one transaction. It goes by the
 * request's id, so that no answer is lost: whoever owns the chunk by now, only the pairs that this
 * request still has marked are touched. Whoever was invited was invited, also when somebody has read
 * the group since, taken the mark away and concluded something else. A ledger that is away is waited
 * for.
 *
 * @param signal ends that wait
 * @returns pairs to be sent again by themselves, those of each command together
 * @throws the ledger's error when it stays away
 */
export async function settle(
  context: PipelineContext,
  { range }: Pick<OwnedChunk, 'range'>,
  request: SentRequest,
  signal: AbortSignal,
): Promise<readonly (readonly Pair[])[]> {
  const { db, clock, random, log, maxAttempts } = context;
  const { id, answer } = request;
  const importId = range.import_id;
  const byCommand = pairResultsOf(request);
  const all = byCommand.flatMap((pairResults) => [...pairResults]);
  const record = async (tx: Db) => {
    const marked = await readMarkedBy(tx, importId, id);
    const pairResults = all.filter(
      ([{ seq }, pairResult]) => marked.has(seq) || isInvited(pairResult),
    );
    const seqs = (kind: PairResult['kind']) =>
      pairResults.filter(([, pairResult]) => pairResult.kind === kind).map(([{ seq }]) => seq);
    const settlements: Settlement[] = [];
    const failures: { seq: number; detail: RowDetail }[] = [];
    const failed = new Map<GroupId, PortalFailure>();
    const answered = new Set<GroupId>();
    for (const [{ seq, attempts, groupId }, pairResult] of pairResults) {
      if (pairResult.kind === 'failed') failed.set(groupId, pairResult.failure);
      else if (pairResult.kind === 'settled' || pairResult.kind === 'left_out')
        answered.add(groupId);
      if (pairResult.kind === 'settled') settlements.push({ seq, verdict: pairResult.verdict });
      if (!('failure' in pairResult)) continue;
      const detail = failureDetail(pairResult.failure);
      if (isPortals(pairResult.failure)) failures.push({ seq, detail });
      if (pairResult.kind === 'failed' && attempts >= maxAttempts) {
        settlements.push({
          seq,
          verdict: { outcome: 'failed', reason: 'portal_error', details: [detail] },
        });
      }
    }
    const unmarked = pairResults.filter(([{ seq }]) => !marked.has(seq)).map(([{ seq }]) => seq);
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
    // A batch that was answered has ended, also for its commands that went wrong.
    if (answer.ok) await markOver(tx, importId, id, seqs('in_doubt'));
  };
  const act = () => changeImport(db, importId, record);
  const onAway = (error: unknown) =>
    log.warn(
      { importId, requestId: id, err: error },
      'the ledger is away: an answer is kept in memory and recorded when it is back',
    );
  const wait = { clock, random, withinMs: RECORDED_WITHIN_MS };
  await untilLedgerIsBack(act, { ...wait, signal, onAway });
  const alone = byCommand.map((pairResults) =>
    [...pairResults].flatMap(([pair, { kind }]) =>
      kind === 'alone' ? [{ ...pair, attempts: pair.attempts - 1 }] : [],
    ),
  );
  return alone.filter((pairs) => pairs.length > 0);
}

/** @returns what the answer means for the pairs of each command, in their order */
function pairResultsOf({ commands, answer }: SentRequest): Map<Pair, PairResult>[] {
  if (!answer.ok) return commands.map(({ pairs }) => matchAnswer(pairs, answer, 'request'));
  let hasDeclined = false;
  return commands.map(({ pairs }, index) => {
    const result = answer.results[index] ?? { ok: false, failure: NOT_READABLE };
    const pairResults = matchAnswer(pairs, result, hasDeclined ? 'later_command' : 'command');
    hasDeclined ||= [...pairResults.values()].some(({ kind }) => kind === 'left_out');
    return pairResults;
  });
}

const isInvited = (pairResult: PairResult): boolean =>
  pairResult.kind === 'settled' && pairResult.verdict.outcome === 'invited';
