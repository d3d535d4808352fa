import type { FormatOptions } from '../../server/schemas/format-schema.ts';
import type { Import } from '../../server/schemas/import-schema.ts';
import { ApiError, refusalOf } from './api-error.ts';
import { isJson } from './request.ts';
import { onServer } from './server-address.ts';

/**
 * Uploads a file. It uses XMLHttpRequest, because `fetch` does not report how much was sent.
 *
 * @param how format options set by the user
 * @param onProgress called with the number of bytes sent
 * @throws ApiError
 */
export function upload(
  file: File,
  how: FormatOptions,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', onServer('/api/imports'));
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('load', () => {
      const isOurs = isJson(request.getResponseHeader('content-type'));
      if (isOurs && (request.status === 201 || request.status === 200)) {
        resolve(JSON.parse(request.responseText));
      } else reject(refusalOf(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(new ApiError(null)));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    // The fields go before the file, so that they arrive first.
    for (const [name, value] of Object.entries(how)) if (value) form.append(name, String(value));
    form.append('file', file);
    request.send(form);
  });
}
