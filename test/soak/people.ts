import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/sandbox/state/random.ts';
import type { Import, ImportPage } from '../../src/server/schemas/import-schema.ts';
import type { ApiClient } from './api-client.ts';
import type { ExpectedResults } from './expected-results.ts';
import type { Files, SoakFile } from './files.ts';

/** Interval between large files, in milliseconds. */
const LARGE_EVERY_MS = 30_000;
const LARGE = 20_000;
/** Number of unfinished imports at which uploads pause. */
const MAX_UNFINISHED = 8;

/** Simulates users, who upload files and start, pause, resume, cancel and retry imports. */
export class SimulatedUsers {
  /** Number of actions by name. */
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

  /** Uploads files, some of them invalid, until the signal aborts. */
  async uploadFiles(signal: AbortSignal, unfinished: () => number): Promise<void> {
    while (!signal.aborted) {
      await sleep(100 + this.#random() * 500);
      if (unfinished() >= MAX_UNFINISHED) continue;
      const chance = this.#random();
      if (Date.now() - this.#largeAt > LARGE_EVERY_MS) {
        this.#largeAt = Date.now();
        await this.#upload(this.#files.large(LARGE));
      } else if (chance < 0.12) await this.#uploadBad();
      else if (chance < 0.17) await this.#interruptUpload(this.#files.large(2_000));
      else if (chance < 0.27) await this.#upload(this.#files.repeat());
      else if (chance < 0.45) await this.#upload(this.#files.named());
      else await this.#upload(this.#files.small());
    }
  }

  /** Sends actions to random imports until the signal aborts. */
  async sendActions(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(300 + this.#random() * 900);
      const page = await this.#apiClient.json<ImportPage>('/api/imports?limit=20');
      const found = page?.items[Math.floor(this.#random() * page.items.length)];
      const action = found && this.#actionFor(found);
      if (found === undefined || action === undefined) continue;
      this.#count(action);
      const path =
        action === 'try-now' ? '/api/portal/try-now' : `/api/imports/${found.id}/${action}`;
      await this.#apiClient.post(path);
    }
  }

  /** Starts and resumes all imports that wait for a user. */
  async continueAll(unfinished: readonly Import[]): Promise<void> {
    for (const { id, state } of unfinished) {
      if (state === 'ready') await this.#apiClient.post(`/api/imports/${id}/start`);
      if (state === 'paused' || state === 'pausing')
        await this.#apiClient.post(`/api/imports/${id}/resume`);
      if (state === 'held') await this.#apiClient.post('/api/portal/try-now');
    }
  }

  #actionFor({ state, outcomes }: Import): string | undefined {
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

  async #upload(file: SoakFile): Promise<void> {
    this.#expectedResults.register(file);
    const body = new FormData();
    // Each upload must become a new import.
    body.append('again', 'true');
    if (this.#random() < 0.7) body.append('start', 'true');
    if (file.message !== undefined) body.append('message', file.message);
    body.append('file', new Blob([file.csv]), file.name);
    const answer = await this.#apiClient.request('/api/imports', { method: 'POST', body });
    this.#count(answer === undefined ? 'upload without an answer' : `upload, ${answer.status}`);
    if (answer === undefined) return;
    if (answer.status === 201) {
      const { id }: Import = JSON.parse(answer.text);
      this.#expectedResults.accepted(file, id);
    } else if (answer.status < 500 && !isPortalFault(answer.text)) {
      this.#onWrong(`${file.name} was refused: ${answer.text}`);
    }
  }

  async #uploadBad(): Promise<void> {
    const { name, content } = this.#files.bad();
    const body = new FormData();
    body.append('file', new Blob([content]), name);
    const answer = await this.#apiClient.request('/api/imports', { method: 'POST', body });
    this.#count(`bad file, ${answer?.status ?? 'without an answer'}`);
    if (answer === undefined || answer.status >= 500) return;
    const refused = answer.status >= 400 && /"remedy":"[^"]/.test(answer.text);
    if (!refused) this.#onWrong(`${name} was answered with ${answer.status}: ${answer.text}`);
  }

  /** Sends half of a file and closes the connection. */
  async #interruptUpload(file: SoakFile): Promise<void> {
    this.#count('interrupted upload');
    const half = new TextEncoder().encode(file.csv.slice(0, file.csv.length / 2));
    const interrupt = new AbortController();
    const body = new ReadableStream({
      async pull(controller) {
        controller.enqueue(half);
        await sleep(100);
        interrupt.abort();
      },
    });
    const headers = { 'content-type': 'text/csv' };
    const init = { method: 'POST', body, headers, duplex: 'half', signal: interrupt.signal };
    await this.#apiClient.request(`/api/imports?filename=${file.name}`, init as RequestInit);
  }

  #count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }
}

/** Names in a file cannot be resolved while the portal is held or does not answer. */
const isPortalFault = (answer: string): boolean => /"detail":"[^"]*\bportal\b/i.test(answer);
