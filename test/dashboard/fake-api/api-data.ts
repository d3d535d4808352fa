import type { z } from 'zod';
import { problem } from '../../../src/messages/problems.ts';
import { HttpProblem } from '../../../src/server/http/http-problem.ts';
import type { AuditTrail } from '../../../src/server/schemas/audit-schema.ts';
import type { GroupFigures } from '../../../src/server/schemas/group-schema.ts';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import type { Order } from '../../../src/server/schemas/orders/order-schema.ts';
import type { PairRecord, PersonRecord } from '../../../src/server/schemas/pair-schema.ts';
import type { RatePoint } from '../../../src/server/schemas/rate-schema.ts';
import type { Review } from '../../../src/server/schemas/review-schema.ts';
import type { AnswerOf, RequestOf, RouteName } from './contracts.ts';
import { aRecord } from './fake-records.ts';
import { anOrder } from './order-data.ts';
import { aPortal, aReport, aSession } from './portal-data.ts';
import { aReview } from './review-data.ts';

/** @returns a page that holds all records. @param total of all pages; default: those of this page */
export const pairPage = (
  items: readonly PairRecord[] = [],
  { total = items.length, next = null }: Partial<AnswerOf<'GET /api/imports/:id/pairs'>> = {},
): AnswerOf<'GET /api/imports/:id/pairs'> => ({
  items: [...items],
  ...{ next, total, isTotalExact: true },
});

/** The valid access keys of the fake API. */
export const ADMIN_KEY = 'the-key-of-an-administrator';
export const VIEWER_KEY = 'the-key-of-a-viewer';

/** Data of one import. */
export interface ImportParts {
  review: Review;
  pairs: PairRecord[];
  groups: GroupFigures[];
  minutes: z.infer<typeof RatePoint>[];
  audit: AuditTrail['items'];
}

export type Handlers = {
  [Name in RouteName]: (request: RequestOf<Name>) => AnswerOf<Name> | Promise<AnswerOf<Name>>;
};

/** Data for the answers of the fake API. */
export class ApiData {
  /** The current session; null for none. @default an administrator */
  session: AnswerOf<'GET /api/session'> | null = aSession();
  portal: AnswerOf<'GET /api/portal'> = aPortal();
  /** The latest order on any import; null for none. */
  order: Order | null = null;
  /** Results of a search for a person. */
  people: PersonRecord[] = [];
  /** The results of every import. */
  results = 'line,group_id,user_id,outcome\r\n';
  readonly #imports = new Map<number, Import>();
  readonly #parts = new Map<number, Partial<ImportParts>>();

  /** Makes this the latest order. */
  begin(order: Order): Order {
    this.order = order;
    return order;
  }

  /** Adds an import or replaces the one with the same id. */
  put(it: Import, parts?: Partial<ImportParts>): void {
    this.#imports.set(it.id, it);
    if (parts !== undefined) this.#parts.set(it.id, parts);
  }

  remove(id: number): void {
    this.#imports.delete(id);
  }

  /** @returns all imports, the newest first */
  list(): Import[] {
    return [...this.#imports.values()].toSorted((a, b) => b.id - a.id);
  }

  /** @throws HttpProblem when there is no such import */
  get(id: number): Import & { parts: Partial<ImportParts> } {
    const found = this.#imports.get(id);
    if (found !== undefined) return { ...found, parts: this.#parts.get(id) ?? {} };
    throw new HttpProblem('not_found', problem('import_unknown', { id }));
  }
}

const isActive = ({ state }: Import): boolean =>
  ['running', 'held', 'pausing', 'paused'].includes(state);

/** @returns handlers that answer every route from the data; actions are accepted and change nothing */
export function answersFrom(data: ApiData): Handlers {
  const show = ({ id }: { id: number }): Import => data.get(id);
  const page = <Item>(items: readonly Item[] = []) => ({ items: [...items], next: null });
  return {
    'GET /api/session': () => {
      if (data.session === null) throw new Error('The guard admits no request without a session.');
      return data.session;
    },
    'POST /api/session': ({ body: { token } }) => {
      const role = token === ADMIN_KEY ? 'admin' : token === VIEWER_KEY ? 'viewer' : undefined;
      if (role === undefined) throw new HttpProblem('wrong_token', problem('token_unknown', {}));
      data.session = aSession({ role });
      return data.session;
    },
    'DELETE /api/session': () => {
      data.session = null;
      return null;
    },
    'GET /api/imports': ({ query: { active, archived = false } }) =>
      page(
        data
          .list()
          .filter((it) => (it.archivedAt !== null) === archived)
          .filter((it) => active === undefined || isActive(it) === active),
      ),
    'POST /api/imports': () => {
      throw new Error('A test that uploads a file must define the answer.');
    },
    'GET /api/imports/:id': show,
    'GET /api/imports/:id/review': ({ id }) => data.get(id).parts.review ?? aReview(data.get(id)),
    'GET /api/imports/:id/rate': ({ id }) => ({ points: data.get(id).parts.minutes ?? [] }),
    'GET /api/imports/:id/pairs': ({ id }) => pairPage(data.get(id).parts.pairs),
    'GET /api/imports/:id/groups': ({ id }) => page(data.get(id).parts.groups),
    'GET /api/imports/:id/audit': ({ id }) => ({ items: data.get(id).parts.audit ?? [] }),
    'GET /api/imports/:id/results.csv': () => data.results,
    'GET /api/sample.csv': () => data.results,
    'POST /api/imports/:id/start': show,
    'POST /api/imports/:id/pause': show,
    'POST /api/imports/:id/resume': show,
    'POST /api/imports/:id/cancel': show,
    'POST /api/imports/:id/retry': show,
    'POST /api/imports/:id/leave-out': show,
    'POST /api/imports/:id/check': show,
    'POST /api/imports/:id/corrections': ({ body: { place } }) => ({
      record: aRecord({ place, outcome: 'pending', reason: null }),
      corrected: 1,
    }),
    'POST /api/imports/:id/reread': show,
    'POST /api/imports/:id/message': ({ id, body: { message } }) => {
      const { parts, ...found } = data.get(id);
      data.put({ ...found, message }, parts);
      return data.get(id);
    },
    'GET /api/imports/:id/undo': () => ({ order: data.order }),
    'POST /api/imports/:id/undo/preview': () => data.begin(anOrder()),
    'POST /api/imports/:id/undo': () => data.begin(anOrder({ state: 'running' })),
    'POST /api/imports/:id/undo/stop': () => data.begin(anOrder({ state: 'cancelled' })),
    'GET /api/imports/:id/remind': () => ({ order: data.order }),
    'POST /api/imports/:id/remind/preview': ({ body: { message } }) =>
      data.begin(anOrder({ kind: 'remind', message })),
    'POST /api/imports/:id/remind': () => data.begin(anOrder({ kind: 'remind', state: 'running' })),
    'POST /api/imports/:id/remind/stop': () =>
      data.begin(anOrder({ kind: 'remind', state: 'cancelled' })),
    'POST /api/imports/:id/archive': show,
    'POST /api/imports/:id/unarchive': show,
    'DELETE /api/imports/:id': () => null,
    'DELETE /api/imports/:id/remembered': () => null,
    'GET /api/people': () => ({ items: [] }),
    'GET /api/pairs': () => page(data.people),
    'GET /api/portal': () => data.portal,
    'POST /api/portal/try-now': () => data.portal,
    'POST /api/doctor': () => aReport(),
  };
}
