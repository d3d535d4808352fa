import { execFileSync } from 'node:child_process';

/** Builds the program that tests start, if it is older than its sources; also for a single test file. */
export default function buildProgram(): void {
  execFileSync('sh', ['scripts/setup.sh', 'build'], { stdio: 'inherit' });
}
