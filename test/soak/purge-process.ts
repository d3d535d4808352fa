/** The program's own purge, of what ended so many milliseconds ago; the command counts in hours. */
import { purge } from '../../src/commands/purge.ts';
import { readConfig } from '../../src/config.ts';

process.exitCode = await purge(
  readConfig(),
  { olderThan: Number(process.argv[2]), yes: true },
  process,
);
