import type { Import } from '../../server/schemas/import.ts';
import { Refusal, refusalOf } from './refusal.ts';

/**
 * Hands a file in. `fetch` cannot tell how much of it has left already, so it is the older way.
 *
 * @param told called with bytes sent
 * @throws Refusal
 */
export function upload(
  file: File,
  told: (sent: number) => void,
  signal: AbortSignal,
): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/imports');
    request.upload.addEventListener('progress', ({ loaded }) => told(loaded));
    request.addEventListener('load', () => {
      if (request.status === 201 || request.status === 200) {
        resolve(JSON.parse(request.responseText));
      } else reject(refusalOf(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(new Refusal(null)));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
