import type { Truth } from '../../src/sandbox/truth.ts';
import { isBox, type Regime } from './regime.ts';
import { startScript } from './runs/script.ts';

/** A sandbox portal in its own process. */
export interface BenchPortal extends AsyncDisposable {
  readonly webhookUrl: string;
  truth(): Promise<Truth>;
}

/** Starts the portal of a regime, with only the users and groups that it needs. */
export async function openPortal(regime: Regime): Promise<BenchPortal> {
  const { groupSizes, limits } = regime;
  const users = groupSizes.reduce((most, size) => Math.max(most, size), 1);
  const script = startScript(new URL('sandbox-process.ts', import.meta.url), {
    users,
    groups: groupSizes.length,
    limits,
    license: isBox(regime) ? 'ru_selfhosted' : 'ru_basic',
  });
  const reported = (await script.next()) as { origin: string; webhookUrl: string } | undefined;
  if (reported === undefined) throw new Error('The sandbox did not start.');
  return {
    webhookUrl: reported.webhookUrl,
    async truth() {
      const response = await fetch(`${reported.origin}/sandbox/truth`);
      return JSON.parse(await response.text());
    },
    [Symbol.asyncDispose]: () => script[Symbol.asyncDispose](),
  };
}
