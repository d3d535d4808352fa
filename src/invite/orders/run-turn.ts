import type { InviteJob } from '../../queue/invite-queue.ts';
import { inviteChunk } from '../chunk.ts';
import type { ChunkResult, PipelineContext, ShutdownSignals } from '../pipeline-context.ts';
import { runOrderChunk } from './order-turn.ts';

/**
 * Gives a turn to a chunk of an import, or of an order on it.
 *
 * @param owner a name unique to this turn
 */
export function runTurn(
  context: PipelineContext,
  { importId, chunk, orderId }: InviteJob,
  owner: string,
  signals: ShutdownSignals,
): Promise<ChunkResult> {
  if (orderId === undefined) return inviteChunk(context, importId, chunk, owner, signals);
  return runOrderChunk(context, { importId, orderId, number: chunk }, owner, signals);
}
