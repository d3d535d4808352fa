import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN } from './installation.ts';

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 60_000;

export interface Answered {
  status: number;
  text: string;
}

/**
 * A client of the API while the server is stopped and started. A missing answer is no error; an answer
 * with status 500 or with the webhook's secret is one.
 */
export class ApiClient {
  readonly origin: string;
  readonly #secret: string;
  readonly #onWrong: (what: string) => void;
  /** Number of answers by status. */
  readonly answers = new Map<number, number>();

  constructor(origin: string, secret: string, onWrong: (what: string) => void) {
    this.origin = origin;
    this.#secret = secret;
    this.#onWrong = onWrong;
  }

  /** Sends a request. @returns the answer with any status. @throws when there is none */
  async open(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${ADMIN}`);
    const answer = await fetch(`${this.origin}${path}`, { ...init, headers });
    this.answers.set(answer.status, (this.answers.get(answer.status) ?? 0) + 1);
    return answer;
  }

  /** @returns the whole answer; undefined if there is none */
  async request(path: string, init: RequestInit = {}): Promise<Answered | undefined> {
    const signal = init.signal ?? AbortSignal.timeout(TIMEOUT_MS);
    try {
      const answer = await this.open(path, { ...init, signal });
      const text = await answer.text();
      const what = `${init.method ?? 'GET'} ${path.split('?', 1)[0]}`;
      if (answer.status === 500) this.#onWrong(`${what} was answered with 500: ${text}`);
      if (text.includes(this.#secret)) this.#onWrong(`${what} shows the webhook`);
      return { status: answer.status, text };
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') {
        this.#onWrong(`${path} was not answered within ${TIMEOUT_MS / 1_000} s`);
      }
      // Pause, so that the caller does not retry in a tight loop.
      await sleep(100);
      return undefined;
    }
  }

  /** @returns the JSON of a successful answer, otherwise undefined */
  async json<T>(path: string): Promise<T | undefined> {
    const answer = await this.request(path);
    return answer?.status === 200 ? JSON.parse(answer.text) : undefined;
  }

  post(path: string): Promise<Answered | undefined> {
    return this.request(path, { method: 'POST' });
  }
}
