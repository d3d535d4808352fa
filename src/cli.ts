#!/usr/bin/env node
// An old Node.js must be able to parse this file: newer syntax is imported after the version check.

const NEEDED = [24, 5] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) {
  await start(process.argv.slice(2));
} else {
  process.stderr.write(
    `error: bulk-invite needs Node.js ${NEEDED.join('.')} or newer; this is ${process.versions.node}. Install a newer version from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
}

async function start(argv: readonly string[]): Promise<void> {
  const { endAsProcessOne, endWithParent, isToStay, readOfSelf } = await import(
    './commands/services/end-signals.ts'
  );
  const { isService, runCommandLine } = await import('./commands/command-line.ts');
  endAsProcessOne(process);
  endWithParent(process, isToStay(readOfSelf('stat'), readOfSelf('status')));
  process.exitCode = await runCommandLine(argv, process);
  // BullMQ's blocking connection waits forever for a lost Redis, also after a failure.
  if (isService(argv)) setTimeout(() => process.exit(), 1_000).unref();
}
