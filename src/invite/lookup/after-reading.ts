import { consequencesOf } from '../failure-policy.ts';
import {
  type OwnedChunk,
  type PipelineContext,
  pauseAfter,
  type StepResult,
} from '../pipeline-context.ts';
import { notePortal } from '../portal-hold.ts';
import type { Unread } from './record-findings.ts';

/** What failed reads about pairs mean for the turn. @param pairs that were read about */
export async function afterReading(
  context: PipelineContext,
  chunk: Pick<OwnedChunk, 'probe'>,
  pairs: readonly { attempts: number }[],
  result: StepResult<Unread>,
  abort: AbortSignal,
): Promise<StepResult> {
  if (abort.aborted) return { kind: 'interrupted' };
  if ('kind' in result) return result;
  const failures = result.failures.map((failure) => ({
    ...{ failure, ...consequencesOf(failure, 'reading') },
  }));
  const held = await notePortal(context, chunk, failures, 'answers');
  if (held) return held;
  const pausing = failures.find(({ chunk }) => chunk === 'backs_off');
  if (pausing === undefined) return undefined;
  // A silent portal is soon held, and a turn that waits for a hold continues as soon as it ends.
  const isSilent = failures.some(({ portal }) => portal === 'silent');
  const attempts = isSilent ? 1 : Math.max(...pairs.map((pair) => pair.attempts));
  return { kind: 'later', afterMs: pauseAfter(context, attempts), why: pausing.failure.code };
}
