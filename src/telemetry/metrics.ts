import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Observer } from '../domain/observer.ts';

/** Requests are sized to take up to 15 s of server time, and time out after 65 s. */
const REQUEST_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 30, 45, 60];
const WAIT_SECONDS = [0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600];
const INVITATION_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** The figures of this process since its start, for Prometheus: what it has sent, with the results. */
export class Metrics implements Observer {
  readonly registry = new Registry();
  readonly #requests = new Counter({
    name: 'bulk_invite_portal_requests_total',
    help: 'HTTP requests to the portal, by method and result.',
    labelNames: ['method', 'result'],
    registers: [this.registry],
  });
  readonly #requestSeconds = new Histogram({
    name: 'bulk_invite_portal_request_seconds',
    help: 'Duration of requests to the portal, from sending to the last byte.',
    labelNames: ['method'],
    buckets: REQUEST_SECONDS,
    registers: [this.registry],
  });
  readonly #waitSeconds = new Histogram({
    name: 'bulk_invite_budget_wait_seconds',
    help: 'Time that inviting requests waited for the budget.',
    buckets: WAIT_SECONDS,
    registers: [this.registry],
  });
  readonly #invitationSeconds = new Histogram({
    name: 'bulk_invite_invitation_seconds',
    help: 'Server seconds of the portal per invitation, one observation per request.',
    buckets: INVITATION_SECONDS,
    registers: [this.registry],
  });

  /** Adds Node's figures about the process: memory, CPU, event loop, handles. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  requestEnded(method: string, result: string, seconds: number): void {
    this.#requests.inc({ method, result });
    this.#requestSeconds.observe({ method }, seconds);
  }

  budgetWaited(seconds: number): void {
    this.#waitSeconds.observe(seconds);
  }

  invitationsTook(pairs: number, serverSeconds: number): void {
    if (pairs > 0) this.#invitationSeconds.observe(serverSeconds / pairs);
  }
}
