import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/sandbox/state/random.ts';
import type { Import, ImportPage } from '../../src/server/schemas/import-schema.ts';
import type { ApiClient } from './api-client.ts';
import type { ExpectedResults } from './expected-results.ts';
import type { Files, SoakFile } from './files.ts';

/** A large file comes so often, in milliseconds. */
const LARGE_EVERY_MS = 30_000;
const LARGE = 20_000;
/** Nobody hands in more while so many imports go on. */
const AT_ONCE = 8;

/** The people of an office, who hand files in and give orders. */
export class People {
  /** What was done, and how often. */
  readonly done = new Map<string, number>();
  readonly #apiClient: ApiClient;
  readonly #files: Files;
  readonly #expectedResults: ExpectedResults;
  readonly #random: Random;
  readonly #onWrong: (what: string) => void;
  #largeAt = 0;

  constructor(
    parts: { apiClient: ApiClient; files: Files; expectedResults: ExpectedResults; random: Random },
    onWrong: (what: string) => void,
  ) {
    this.#apiClient = parts.apiClient;
    this.#files = parts.files;
    this.#expectedResults = parts.expectedResults;
    this.#random = parts.random;
    this.#onWrong = onWrong;
  }

  /** Hands files in, some of which must be refused, until the signal aborts. */
  async handIn(signal: AbortSignal, going: () => number): Promise<void> {
    while (!signal.aborted) {
      await sleep(100 + this.#random() * 500);
      if (going() >= AT_ONCE) continue;
      const chance = this.#random();
      if (Date.now() - this.#largeAt > LARGE_EVERY_MS) {
        this.#largeAt = Date.now();
        await this.#hand(this.#files.large(LARGE));
      } else if (chance < 0.12) await this.#handBad();
      else if (chance < 0.17) await this.#breakOff(this.#files.large(2_000));
      else if (chance < 0.27) await this.#hand(this.#files.repeat());
      else if (chance < 0.45) await this.#hand(this.#files.named());
      else await this.#hand(this.#files.small());
    }
  }

  /** Gives orders to whatever import is there, until the signal aborts. */
  async giveOrders(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(300 + this.#random() * 900);
      const page = await this.#apiClient.json<ImportPage>('/api/imports?limit=20');
      const found = page?.items[Math.floor(this.#random() * page.items.length)];
      const order = found && this.#orderFor(found);
      if (found === undefined || order === undefined) continue;
      this.#count(order);
      const path =
        order === 'try-now' ? '/api/portal/try-now' : `/api/imports/${found.id}/${order}`;
      await this.#apiClient.post(path);
    }
  }

  /** Starts and resumes all that waits for a person. */
  async settleAll(going: readonly Import[]): Promise<void> {
    for (const { id, state } of going) {
      if (state === 'ready') await this.#apiClient.post(`/api/imports/${id}/start`);
      if (state === 'paused' || state === 'pausing')
        await this.#apiClient.post(`/api/imports/${id}/resume`);
      if (state === 'held') await this.#apiClient.post('/api/portal/try-now');
    }
  }

  #orderFor({ state, outcomes }: Import): string | undefined {
    const chance = this.#random();
    switch (state) {
      case 'ready':
        return chance < 0.8 ? 'start' : 'cancel';
      case 'running':
        return chance < 0.15 ? 'pause' : chance < 0.2 ? 'cancel' : undefined;
      case 'paused':
      case 'pausing':
        return chance < 0.6 ? 'resume' : chance < 0.7 ? 'cancel' : undefined;
      case 'held':
        return chance < 0.5 ? 'try-now' : undefined;
      case 'finished':
        return (outcomes.failed ?? 0) > 0 && chance < 0.2 ? 'retry' : undefined;
      case 'reading':
      case 'cancelling':
      case 'cancelled':
        return undefined;
      default:
        return state satisfies never;
    }
  }

  async #hand(file: SoakFile): Promise<void> {
    this.#expectedResults.note(file);
    const body = new FormData();
    // The books know each upload as an import of its own.
    body.append('again', 'true');
    if (this.#random() < 0.7) body.append('start', 'true');
    if (file.message !== undefined) body.append('message', file.message);
    body.append('file', new Blob([file.csv]), file.name);
    const answer = await this.#apiClient.ask('/api/imports', { method: 'POST', body });
    this.#count(answer === undefined ? 'upload without an answer' : `upload, ${answer.status}`);
    if (answer === undefined) return;
    if (answer.status === 201) {
      const { id }: Import = JSON.parse(answer.text);
      this.#expectedResults.taken(file, id);
    } else if (answer.status < 500 && !isPortalsFault(answer.text)) {
      this.#onWrong(`${file.name} was refused: ${answer.text}`);
    }
  }

  async #handBad(): Promise<void> {
    const { name, content } = this.#files.bad();
    const body = new FormData();
    body.append('file', new Blob([content]), name);
    const answer = await this.#apiClient.ask('/api/imports', { method: 'POST', body });
    this.#count(`bad file, ${answer?.status ?? 'without an answer'}`);
    if (answer === undefined || answer.status >= 500) return;
    const refused = answer.status >= 400 && /"remedy":"[^"]/.test(answer.text);
    if (!refused) this.#onWrong(`${name} was answered with ${answer.status}: ${answer.text}`);
  }

  /** Half of a file comes, then nothing more. */
  async #breakOff(file: SoakFile): Promise<void> {
    this.#count('upload broken off');
    const half = new TextEncoder().encode(file.csv.slice(0, file.csv.length / 2));
    const broken = new AbortController();
    const body = new ReadableStream({
      async pull(controller) {
        controller.enqueue(half);
        await sleep(100);
        broken.abort();
      },
    });
    const headers = { 'content-type': 'text/csv' };
    const init = { method: 'POST', body, headers, duplex: 'half', signal: broken.signal };
    await this.#apiClient.ask(`/api/imports?filename=${file.name}`, init as RequestInit);
  }

  #count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }
}

/** Names in a file cannot be looked up while the portal is held, or does not answer. */
const isPortalsFault = (answer: string): boolean => /"detail":"[^"]*\bportal\b/i.test(answer);
