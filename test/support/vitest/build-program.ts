import { execFileSync } from 'node:child_process';

/** Builds the program that tests start, if it is older than its sources; also for a single test file. */
export default function buildProgram(): void {
  // With the NODE_ENV of tests, the page would be built with the development version of React, and stay.
  const { NODE_ENV: _, ...env } = process.env;
  execFileSync('sh', ['scripts/setup.sh', 'build'], { stdio: 'inherit', env });
}
