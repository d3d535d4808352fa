#!/usr/bin/env node
import { runCommandLine } from './commands/command-line.ts';

// Whoever read what is said may go, as `| head` does; the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const argv = process.argv.slice(2);

process.exitCode = await runCommandLine(argv, process);

// BullMQ's blocking connection would wait for a lost Redis for ever, also after a failure.
if (argv[0] === 'serve' || argv[0] === 'worker') setTimeout(() => process.exit(), 1_000).unref();
