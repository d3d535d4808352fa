import { send } from './request.ts';

/**
 * Has the browser save what stands at an address. It is asked for before, for a browser says nothing
 * of a refusal, or saves that as the file.
 *
 * @param name of the file; empty when the server gives it one
 * @throws Refusal
 */
export async function download(address: string, name: string): Promise<void> {
  const looking = new AbortController();
  await send(address, { signal: looking.signal });
  looking.abort();
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
