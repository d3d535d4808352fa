/** A sandbox portal in a process of its own; ends when its parent does. */
import type { Limits } from '../../src/sandbox/options.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { order, tell } from './script.ts';

const { users, groups, limits } = order<{ users: number; groups: number; limits: Limits }>();
const sandbox = await startSandbox({ ...limits, seed: plainSeed({ users, groups }) });
tell({ origin: sandbox.origin, webhookUrl: sandbox.webhookUrl });
process.stdin.on('end', () => process.exit()).resume();
