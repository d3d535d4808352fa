import { ApiError, refusalOf } from './api-error.ts';

/** What an address may be asked for; empty ones are left out. */
export type Query = Readonly<Record<string, string | number | null | undefined>>;

export function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** @throws Refusal */
export async function fetchJson<QueryBoundary>(
  path: string,
  init: RequestInit = {},
): Promise<QueryBoundary> {
  return (await send(path, init)).json();
}

/** @throws Refusal */
export function post<QueryBoundary>(path: string, body: object = {}): Promise<QueryBoundary> {
  return fetchJson(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** @throws Refusal */
export async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch((cause) => {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(null, { cause });
  });
  if (!response.ok) throw refusalOf(response.status, await response.text());
  return response;
}
