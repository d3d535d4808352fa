import { setTimeout as sleep } from 'node:timers/promises';
import { openPortal } from '../portal.ts';
import { pairsOf, type Regime } from '../regime.ts';

/** A plain script that sends one call per pair at 2 per second. Times in seconds. */
export interface PlainRun {
  /** Computed for all pairs. */
  makespan: number;
  /** The measured part: its number of calls, and its time as computed and as measured. */
  partCalls: number;
  partComputed: number;
  partMeasured: number;
}

const CALLS_PER_SECOND = 2;

/**
 * @param calls number of calls to measure
 * @throws Error when a measured call fails
 */
export async function runPlain(regime: Regime, calls: number): Promise<PlainRun> {
  await using portal = await openPortal(regime);
  const targets = regime.groupSizes.flatMap((size, index) =>
    Array.from({ length: size }, (_, user) => ({ GROUP_ID: index + 1, USER_ID: user + 2 })),
  );
  const part = targets.slice(0, calls);
  const pause = 1 / (CALLS_PER_SECOND * regime.clock);
  const startedAt = performance.now();
  for (const [index, target] of part.entries()) {
    await sleep(Math.max(0, startedAt + index * pause * 1_000 - performance.now()));
    const response = await fetch(`${portal.webhookUrl}sonet_group.user.invite.json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(target),
    });
    if (!response.ok) throw new Error(`${regime.name}: ${await response.text()}`);
    await response.arrayBuffer();
  }
  return {
    makespan: computePlain(regime, pairsOf(regime)),
    partCalls: part.length,
    partComputed: computePlain(regime, part.length),
    partMeasured: (performance.now() - startedAt) / 1_000,
  };
}

/** Sends one call after the other, each half a second after the one before or when that is answered. */
function computePlain({ limits, clock }: Regime, calls: number): number {
  const each = limits.latencyMs / 1_000 + limits.inviteSeconds;
  return (calls - 1) * Math.max(1 / (CALLS_PER_SECOND * clock), each) + each;
}
