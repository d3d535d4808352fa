import type { EventName } from '../../src/server/schemas/event-schema.ts';
import type { Import } from '../../src/server/schemas/import-schema.ts';
import { checkEvent } from './described-api.ts';

/** A received event. */
export interface SeenEvent {
  id: string;
  name: EventName;
  data: Record<string, unknown>;
  at: number;
}

/** Yields the events of an answer as they arrive, without heartbeats; leaving the loop closes the connection. */
export async function* eventsOf(answer: Response): AsyncGenerator<SeenEvent> {
  if (!answer.ok || answer.body === null) throw new Error(`${answer.status}`);
  let text = '';
  for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const fields = new Map(
        block.split('\n').map((line) => {
          const at = line.indexOf(': ');
          return [line.slice(0, at), line.slice(at + 2)];
        }),
      );
      const data = fields.get('data');
      if (data === undefined) continue;
      const name = fields.get('event') as EventName;
      checkEvent(name, JSON.parse(data));
      if (name === 'heartbeat') continue;
      yield {
        ...{ id: fields.get('id') ?? '', name },
        data: JSON.parse(data),
        at: performance.now(),
      };
    }
  }
}

/**
 * Resolves with the first import in the events that `isWanted` accepts.
 *
 * @throws Error when the events end before that
 */
export async function untilImport(
  answer: Response,
  isWanted: (found: Import) => boolean,
): Promise<Import> {
  let last: unknown;
  for await (const { name, data } of eventsOf(answer)) {
    if (name !== 'import') continue;
    last = data;
    const found = data as Import;
    if (isWanted(found)) return found;
  }
  throw new Error(`The events ended with ${JSON.stringify(last)}`);
}
