import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Problem } from '../../domain/errors/problem.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { listenForInterrupt } from '../run/interruption.ts';

/** Runs a sandbox portal until it is interrupted; prints its webhook URL first. */
export async function sandbox(port: number, stdout: Writable): Promise<number> {
  const portal = await startSandbox({ port }).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    throw new Problem(`Port ${port} is in use.`, 'Choose another one with --port.', { cause });
  });
  stdout.write(`${portal.webhookUrl}\n`);
  using interrupt = listenForInterrupt(() => {});
  await once(interrupt.signal, 'abort');
  await portal.close();
  return 0;
}
