import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import { readConfig } from '../config.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { run, type Streams } from './run.ts';

const SAMPLE = fileURLToPath(new URL('../../fixtures/onboarding.csv', import.meta.url));

/**
 * Does the main job on sample data with a portal of its own. Settings of a real portal do not
 * count here, and its imports have a ledger of their own.
 *
 * @returns 0: in the sample, some rows are meant to fail
 */
export async function demo(config: Config, streams: Streams): Promise<number> {
  const portal = await startSandbox();
  try {
    streams.stdout.write(`A sandbox portal listens on ${portal.origin}; nobody real is invited.\n`);
    const own = readConfig({ BITRIX24_WEBHOOK_URL: portal.webhookUrl }, '');
    const dataDir = join(config.dataDir, 'demo');
    const code = await run({ ...own, dataDir, logLevel: config.logLevel }, SAMPLE, {}, streams);
    return code === 2 ? 0 : code;
  } finally {
    await portal.close();
  }
}
