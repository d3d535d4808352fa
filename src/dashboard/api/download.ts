import { send } from './request.ts';

/**
 * Saves the file at an address in the browser. Requests it once before, because the browser does
 * not report an error, or saves the error as the file.
 *
 * @param name of the file; empty when the server names it
 * @throws ApiError
 */
export async function download(address: string, name: string): Promise<void> {
  const probe = new AbortController();
  await send(address, { signal: probe.signal });
  probe.abort();
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
