import { ApiError, refusalOf } from './api-error.ts';

/** Query parameters of an address; empty ones are left out. */
export type Query = Readonly<Record<string, string | number | null | undefined>>;

export function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** @throws ApiError */
export async function fetchJson<Data>(path: string, init: RequestInit = {}): Promise<Data> {
  return (await send(path, init)).json();
}

/** @throws ApiError */
export function post<Data>(path: string, body: object = {}): Promise<Data> {
  return fetchJson(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** @throws ApiError */
export async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch((cause) => {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(null, { cause });
  });
  if (!response.ok) throw refusalOf(response.status, await response.text());
  return response;
}
