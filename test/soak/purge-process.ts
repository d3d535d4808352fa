/** Purges the imports that ended before a given time; the purge command accepts only whole hours. */
import { purge } from '../../src/commands/maintenance/purge-command.ts';
import { readConfig } from '../../src/config/read-config.ts';

/** Tolerance for the time between this process's start and the purge. */
const MARGIN_MS = 2_000;

process.exitCode = await purge(
  readConfig(),
  { olderThan: Date.now() - Number(process.argv[2]) + MARGIN_MS, yes: true },
  process,
);
