import { ApiData, answersFrom, type Handlers } from './api-data.ts';
import type { RequestOf, RouteName } from './contracts.ts';
import { EventStreams } from './event-streams.ts';
import { Gate } from './fake-gate.ts';
import type { Backend } from './fake-server.ts';

/** A recorded request. */
export interface SeenRequest extends RequestOf<RouteName> {
  name: RouteName;
}

/** Answers the requests of the fake API: with handlers of the test, otherwise from the data. */
export class FakeBackend implements Backend {
  readonly data = new ApiData();
  readonly streams = new EventStreams();
  readonly requests: SeenRequest[] = [];
  readonly failures: unknown[] = [];
  isDown = false;
  readonly #answers: Handlers = answersFrom(this.data);
  readonly #gates = new Map<string, Gate>();

  get session() {
    return this.data.session;
  }

  answer<Name extends RouteName>(name: Name, handler: Handlers[Name]): void {
    this.#answers[name] = handler;
  }

  hold(name: RouteName): Gate {
    const gate = new Gate();
    this.#gates.set(name, gate);
    return gate;
  }

  openGates(): void {
    for (const gate of this.#gates.values()) gate.open();
  }

  async admit(route: string): Promise<boolean> {
    if (!this.isDown) await this.#gates.get(route)?.pass();
    return !this.isDown;
  }

  async respond(name: RouteName, request: RequestOf<RouteName>): Promise<unknown> {
    this.requests.push({ name, ...request });
    // The handler of a route accepts the requests of that route.
    const answer = this.#answers[name] as (request: RequestOf<RouteName>) => unknown;
    return answer(request);
  }

  fail(error: unknown): void {
    this.failures.push(error);
  }
}
