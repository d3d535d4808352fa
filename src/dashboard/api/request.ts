import { ApiError, refusalOf } from './api-error.ts';
import { onServer } from './server-address.ts';

/** Query parameters of an address; empty ones are left out. */
export type Query = Readonly<Record<string, string | number | null | undefined>>;

export function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** @param path of the API, without the base path @throws ApiError */
export async function fetchJson<Data>(path: string, init: RequestInit = {}): Promise<Data> {
  const response = await send(onServer(path), init);
  if (isJson(response.headers.get('content-type'))) return response.json();
  throw refusalOf(response.status, '');
}

/** @param path of the API, without the base path @throws ApiError */
export function post<Data>(path: string, body: object = {}): Promise<Data> {
  return fetchJson(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** @param url complete, with the base path @throws ApiError */
export async function send(url: string, init: RequestInit): Promise<Response> {
  // This server never redirects here; a proxy does, to its login page.
  const response = await fetch(url, { redirect: 'manual', ...init }).catch((cause) => {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(null, { cause });
  });
  if (!response.ok) throw refusalOf(response.status, await response.text());
  return response;
}

/** Whether a media type is that of an answer of this server, and not of a proxy's page. */
export const isJson = (type: string | null): boolean => type?.includes('json') === true;
