import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { problem } from '../../messages/problems.ts';
import { readOption } from '../../sandbox/option-text.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { SandboxOptions } from '../../sandbox/sandbox-options.ts';
import { listenForInterrupt } from '../run/interruption.ts';

/**
 * Runs a sandbox portal until it is interrupted; prints its webhook URL first.
 *
 * @param settings such as `isAdmin=true`
 * @throws Problem when an option is unknown or the port is in use
 */
export async function sandbox(
  port: number,
  settings: readonly string[],
  stdout: Writable,
): Promise<number> {
  const options = Object.assign({}, ...settings.map(optionOf));
  const portal = await startSandbox({ ...options, port }).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    throw problem('sandbox_port_used', { port }, { cause });
  });
  stdout.write(`${portal.webhookUrl}\n`);
  using interrupt = listenForInterrupt(() => {});
  await once(interrupt.signal, 'abort');
  await portal.close();
  return 0;
}

function optionOf(setting: string): Partial<SandboxOptions> {
  const read = readOption(setting);
  switch (read.kind) {
    case 'option':
      return read.option;
    case 'unknown':
      throw problem('sandbox_option_unknown', { name: read.name, names: read.names.join(', ') });
    case 'bad':
      throw problem('sandbox_option_bad', read);
  }
}
