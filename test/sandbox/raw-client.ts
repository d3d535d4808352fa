import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { relation, type Seed, type SeedUser } from '../../src/sandbox/state/seed.ts';
import type { Truth } from '../../src/sandbox/truth.ts';

/** An answer as it was received; `json` is undefined for a page. */
export interface Raw<T> {
  status: number;
  type: string;
  text: string;
  json: T;
}

/** The `time` of an answer. */
export interface Time {
  start: number;
  finish: number;
  duration: number;
  processing: number;
  date_start: string;
  date_finish: string;
  operating_reset_at: number;
  operating: number;
}

/** An answer of the API; an error has only the first two. */
export interface SandboxResponse<R> {
  error?: string;
  error_description?: string;
  result: R;
  total?: number;
  next?: number;
  time: Time;
}

/** The result of a batch, where no map is empty. */
export interface BatchResult {
  result: Record<string, unknown>;
  result_error: Record<string, { error: string; error_description: string }>;
  result_total: Record<string, number>;
  result_next: Record<string, number>;
  result_time: Record<string, Time>;
}

/** A running sandbox and a minimal client. */
export interface Portal {
  sandbox: Sandbox;
  /** Path of the webhook, ending in a slash. */
  path: string;
  /** Posts parameters as JSON. */
  call<R>(method: string, parameters?: unknown): Promise<Raw<SandboxResponse<R>>>;
  batch(
    cmd: Record<string, string> | string[],
    more?: Record<string, unknown>,
  ): Promise<Raw<SandboxResponse<BatchResult>>>;
  /** Sends anything to any path. */
  send<R>(path: string, init?: RequestInit): Promise<Raw<SandboxResponse<R>>>;
  /** Sends a request to the control plane, with `order` as its body. */
  control(path: string, order?: unknown, method?: string): Promise<unknown>;
  truth(): Promise<Truth>;
  /** Resolves as soon as `wanted` returns true for the current truth. */
  until(wanted: (truth: Truth) => boolean): Promise<void>;
}

/** Starts a sandbox, by default without limits and delays; it is closed when the test ends. */
export async function openPortal(options: Partial<SandboxOptions> = {}): Promise<Portal> {
  const sandbox = await startSandbox({
    requestsPerSecond: Number.POSITIVE_INFINITY,
    inviteSeconds: 0,
    readSeconds: 0,
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const post = <T>(method: string, body: unknown): Promise<Raw<T>> =>
    raw(`${sandbox.webhookUrl}${method}`, { method: 'POST', body: JSON.stringify(body) });
  const order = async <T>(path: string, body?: unknown, method?: string): Promise<T> => {
    const verb = method ?? (body === undefined ? 'GET' : 'POST');
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await raw<T>(`${sandbox.origin}/sandbox/${path}`, { method: verb, ...init });
    return answer.json;
  };
  return {
    sandbox,
    until: (wanted) => sandbox.until(wanted, AbortSignal.timeout(90_000)),
    path: new URL(sandbox.webhookUrl).pathname,
    call: (method, parameters = {}) => post(method, parameters),
    batch: (cmd, more = {}) => post('batch', { cmd, ...more }),
    send: (path, init) => raw(`${sandbox.origin}${path}`, init),
    control: order,
    truth: () => order('truth'),
  };
}

async function raw<T>(url: string, init: RequestInit = {}): Promise<Raw<T>> {
  const response = await fetch(url, init);
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const json = type.startsWith('application/json') ? JSON.parse(text) : undefined;
  return { status: response.status, type, text, json };
}

/** Users 1 (the caller) to 9: user 8 refuses invitations, user 9 is dismissed. */
export function smallSeed(): Seed {
  const user = (id: number, more: Partial<SeedUser> = {}): SeedUser => ({
    id,
    name: `Person ${id}`,
    email: `person${id}@northwind.example`,
    active: true,
    kind: 'employee',
    invitable: true,
    ...more,
  });
  const users = [1, 2, 3, 4, 5, 6, 7].map((id) => user(id));
  users.push(user(8, { invitable: false }), user(9, { active: false }));
  users.push(user(10, { kind: 'bot' }), user(11, { kind: 'email' }));
  const open = { visible: true, callerMayInvite: true };
  const groups = [
    { id: 5, name: 'Open', ...open, relations: new Map([[1, relation('A')]]) },
    {
      id: 6,
      name: 'Busy',
      ...open,
      relations: new Map([
        [2, relation('A')],
        [3, relation('E')],
        [4, relation('K')],
        [9, relation('K')],
        [5, relation('T')],
        [6, relation('Z', 'G')],
        [7, relation('Z', 'U')],
      ]),
    },
    { id: 7, name: 'Secret', visible: false, callerMayInvite: true, relations: new Map() },
    {
      id: 8,
      name: 'Closed',
      visible: true,
      callerMayInvite: false,
      relations: new Map([[2, relation('A')]]),
    },
  ];
  return { callerId: 1, users, groups };
}
