import type { Config } from '../../config/config.ts';
import { readConfig } from '../../config/read-config.ts';
import { SAMPLE } from '../../platform/assets.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { run } from '../run/run-command.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { demoDataDir } from './demo-data.ts';

export interface DemoOptions {
  /** Serve the page when the job is done. */
  serve?: boolean;
}

/**
 * Does the main job on sample data with its own sandbox portal. Ignores the settings of a real
 * portal and uses a separate ledger.
 *
 * @returns 0, although some sample rows fail on purpose
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
  const { host, port, basePath, adminToken, viewerToken, logLevelGiven } = config;
  return {
    ...{ ...own, host, port, basePath, adminToken, viewerToken, logLevelGiven },
    // Lines of JSON would mix with the output of the demo.
    logLevel: logLevelGiven ? config.logLevel : 'warn',
    dataDir: demoDataDir(config),
  };
}
