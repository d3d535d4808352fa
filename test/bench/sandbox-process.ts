/** Runs a sandbox portal in its own process; ends with its parent. */

import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Limits } from '../../src/sandbox/sandbox-options.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { order, post } from './runs/script.ts';

const { users, groups, limits, license } = order<{
  users: number;
  groups: number;
  limits: Limits;
  license: string;
}>();
const sandbox = await startSandbox({ ...limits, license, seed: plainSeed({ users, groups }) });
post({ origin: sandbox.origin, webhookUrl: sandbox.webhookUrl });
process.stdin.on('end', () => process.exit()).resume();
