#!/usr/bin/env node
import { runCommandLine } from './commands/command-line.ts';

const argv = process.argv.slice(2);

process.exitCode = await runCommandLine(argv, process);

// BullMQ's blocking connection would wait for a lost Redis for ever, also after a failure.
if (argv[0] === 'serve' || argv[0] === 'worker') setTimeout(() => process.exit(), 1_000).unref();
