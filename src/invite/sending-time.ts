import type { PipelineContext, TurnEnd } from './pipeline-context.ts';

/** What a turn waits for; reads go on meanwhile. */
export const QUIET = 'quiet_hours';

/**
 * A request leaves within a limited time after its mark, so that none of that time may be quiet.
 *
 * @returns how long invitations have to wait; undefined when one may be marked now
 */
export function waitForQuietHours({
  client,
  clock,
  quietHours,
}: Pick<PipelineContext, 'client' | 'clock' | 'quietHours'>): TurnEnd | undefined {
  if (quietHours === undefined) return undefined;
  const now = clock.now();
  const afterMs = quietHours.allowedFrom(now, client.leaveWithinMs) - now;
  return afterMs > 0 ? { kind: 'later', afterMs, why: QUIET } : undefined;
}
