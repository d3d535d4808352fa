import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../belongings.ts';
import { openPortal } from '../portal.ts';
import { csvOf, pairsOf, type Regime } from '../regime.ts';
import { startScript } from './script.ts';
import { startSecondClient } from './second-client.ts';

/** Result of the SDK in a regime. Times in seconds. */
export interface SdkRun {
  /** Measured, or computed from the measured part. */
  makespan: number;
  computed: boolean;
  /** Of the measured part. */
  measuredSeconds: number;
  requests: number;
  invited: number;
  rateLimitErrors: number;
  operatingErrors: number;
  /** Pairs that a completed run did not invite; 0 for a run that was ended early. */
  lost: number;
  /** Distinct error messages of the SDK. */
  errors: string[];
}

/**
 * Runs the SDK's script.
 *
 * @param capSeconds time limit; a longer run is ended and the rest computed at the same pace
 */
export async function runSdk(regime: Regime, capSeconds: number): Promise<SdkRun> {
  using folder = temporaryFolder();
  await using portal = await openPortal(regime);
  const { webhookUrl } = portal;
  const file = join(folder.path, 'pairs.csv');
  writeFileSync(file, csvOf(regime));
  await using script = startScript(new URL('sdk-script.ts', import.meta.url), {
    file,
    webhookUrl,
    limits: regime.limits,
  });
  if ((await script.next()) !== 'started') throw new Error(`${regime.name}: the SDK did not start`);
  const stopOther = startSecondClient(webhookUrl, regime.otherPerSecond);
  const startedAt = performance.now();
  const timer = setTimeout(() => script.kill(), capSeconds * 1_000);
  const reported = (await script.next()) as { seconds: number; errors: string[] } | undefined;
  clearTimeout(timer);
  const measuredSeconds = reported?.seconds ?? (performance.now() - startedAt) / 1_000;
  const other = await stopOther();
  const truth = await portal.truth();
  const pairs = pairsOf(regime);
  const invited = truth.invitationsSent;
  const computed = reported === undefined;
  return {
    makespan: computed ? (measuredSeconds * pairs) / invited : measuredSeconds,
    computed,
    measuredSeconds,
    requests: truth.requests - other.servedAt.length - other.refused,
    invited,
    rateLimitErrors: truth.rateLimitErrors - other.refused,
    operatingErrors: truth.operatingErrors,
    lost: computed ? 0 : pairs - invited,
    errors: reported?.errors ?? [],
  };
}
