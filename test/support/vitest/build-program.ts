import { execFileSync } from 'node:child_process';

/** Builds what the tests start, when it is older than its sources: also where a single file is run. */
export default function buildProgram(): void {
  execFileSync('sh', ['scripts/setup.sh', 'build'], { stdio: 'inherit' });
}
