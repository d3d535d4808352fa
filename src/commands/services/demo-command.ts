import type { Config } from '../../config/config.ts';
import { readConfig } from '../../config/config.ts';
import { SAMPLE } from '../../platform/assets.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { run } from '../run/run-command.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { demoDataDir } from './demo-data.ts';

export interface DemoOptions {
  /** Go on with the page when the job is done. */
  serve?: boolean;
}

/**
 * Does the main job on sample data with a portal of its own. Settings of a real portal do not
 * count here, and its imports have a ledger of their own.
 *
 * @returns 0: in the sample, some rows are meant to fail
 */
export async function demo(
  config: Config,
  options: DemoOptions,
  terminal: Terminal,
): Promise<number> {
  const portal = await startSandbox();
  try {
    terminal.stdout.write(
      `A sandbox portal is running at ${portal.origin}; no real people are invited.\n`,
    );
    const demonstration = settings(config, portal.webhookUrl);
    const code = await run(demonstration, SAMPLE, {}, terminal);
    if (code !== 0 && code !== 2) return code;
    if (!options.serve) return 0;
    const { serve } = await import('./serve-command.ts');
    return await serve(demonstration, {}, terminal.stdout);
  } finally {
    await portal.close();
  }
}

function settings(config: Config, webhookUrl: string): Config {
  const own = readConfig({ BITRIX24_WEBHOOK_URL: webhookUrl }, '');
  const { host, port, adminToken, viewerToken, logLevelGiven } = config;
  return {
    ...{ ...own, host, port, adminToken, viewerToken, logLevelGiven },
    // Lines of JSON would stand between what the demo tells.
    logLevel: logLevelGiven ? config.logLevel : 'warn',
    dataDir: demoDataDir(config),
  };
}
