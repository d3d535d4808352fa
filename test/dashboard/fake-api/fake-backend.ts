import { ApiData, answersFrom, type Handlers } from './api-data.ts';
import type { RequestOf, RouteName } from './contracts.ts';
import { EventStreams } from './event-streams.ts';
import { Gate } from './fake-gate.ts';
import type { Backend } from './fake-server.ts';

/** A request as a test looks at it afterwards. */
export interface SeenRequest extends RequestOf<RouteName> {
  name: RouteName;
}

/** Decides about the requests to the fake API: what the test has said, else what the data holds. */
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
    // The handler of a name takes the requests of that name.
    const answer = this.#answers[name] as (request: RequestOf<RouteName>) => unknown;
    return answer(request);
  }

  fail(error: unknown): void {
    this.failures.push(error);
  }
}
