import type { FormatOptions } from '../../server/schemas/format-schema.ts';
import type { Import } from '../../server/schemas/import-schema.ts';
import { ApiError, refusalOf } from './api-error.ts';

/**
 * Hands a file in. `fetch` cannot tell how much of it has left already, so it is the older way.
 *
 * @param how what the person says about it
 * @param told called with bytes sent
 * @throws Refusal
 */
export function upload(
  file: File,
  how: FormatOptions,
  reported: (sent: number) => void,
  signal: AbortSignal,
): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/imports');
    request.upload.addEventListener('progress', ({ loaded }) => reported(loaded));
    request.addEventListener('load', () => {
      if (request.status === 201 || request.status === 200) {
        resolve(JSON.parse(request.responseText));
      } else reject(refusalOf(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(new ApiError(null)));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    // What stands behind the file is read too late.
    for (const [name, value] of Object.entries(how)) if (value) form.append(name, value);
    form.append('file', file);
    request.send(form);
  });
}
