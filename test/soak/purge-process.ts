/** The program's own purge, of what ended before a moment; the command counts in hours. */
import { purge } from '../../src/commands/maintenance/purge-command.ts';
import { readConfig } from '../../src/config/config.ts';

/** Between the moment that is reckoned here and the one that the command reckons back from. */
const MARGIN_MS = 2_000;

process.exitCode = await purge(
  readConfig(),
  { olderThan: Date.now() - Number(process.argv[2]) + MARGIN_MS, yes: true },
  process,
);
