import { z } from 'zod';
import { AuditTrail } from '../../../src/server/schemas/audit-schema.ts';
import { DoctorReport, SetUpQuestion } from '../../../src/server/schemas/doctor-schema.ts';
import { GroupPage, GroupQuery } from '../../../src/server/schemas/group-schema.ts';
import { Import, ImportPage, ImportsQuery } from '../../../src/server/schemas/import-schema.ts';
import {
  Confirmation,
  LatestOrder,
  Order,
  ReminderText,
} from '../../../src/server/schemas/orders/order-schema.ts';
import {
  Correction,
  CorrectionResult,
  PairPage,
  PairQuery,
  People,
  PeopleQuery,
  PersonPage,
  PersonQuery,
  ResultsCsvQuery,
  Selection,
} from '../../../src/server/schemas/pair-schema.ts';
import { Portal } from '../../../src/server/schemas/portal-schema.ts';
import { Rate } from '../../../src/server/schemas/rate-schema.ts';
import { Review } from '../../../src/server/schemas/review-schema.ts';
import { SampleCsvQuery } from '../../../src/server/schemas/sample-schema.ts';
import { Login, Session } from '../../../src/server/schemas/session-schema.ts';
import {
  ChangedMessage,
  Reread,
  Retry,
  Start,
  UploadForm,
} from '../../../src/server/schemas/upload-schema.ts';

interface Contract {
  query?: z.ZodType;
  body?: z.ZodType;
  /** `z.null()` for an answer without content. */
  answer: z.ZodType;
  /** @default 200 */
  status?: number;
}

/**
 * The API as the page uses it: input and answer of each route, in the server's own schemas.
 * whole-way.test.ts compares it with the answers of the real server.
 */
export const CONTRACTS = {
  'GET /api/session': { answer: Session },
  'POST /api/session': { body: Login, answer: Session },
  'DELETE /api/session': { answer: z.null(), status: 204 },
  'GET /api/imports': { query: ImportsQuery, answer: ImportPage },
  'POST /api/imports': { body: UploadForm, answer: Import, status: 201 },
  'GET /api/imports/:id': { answer: Import },
  'GET /api/imports/:id/review': { answer: Review },
  'GET /api/imports/:id/rate': { answer: Rate },
  'GET /api/imports/:id/pairs': { query: PairQuery, answer: PairPage },
  'GET /api/imports/:id/groups': { query: GroupQuery, answer: GroupPage },
  'GET /api/imports/:id/audit': { answer: AuditTrail },
  'GET /api/imports/:id/results.csv': { query: ResultsCsvQuery, answer: z.string() },
  'GET /api/sample.csv': { query: SampleCsvQuery, answer: z.string() },
  'POST /api/imports/:id/start': { body: Start.nullish(), answer: Import },
  'POST /api/imports/:id/pause': { answer: Import },
  'POST /api/imports/:id/resume': { answer: Import },
  'POST /api/imports/:id/cancel': { answer: Import },
  'POST /api/imports/:id/retry': { body: Retry, answer: Import },
  'POST /api/imports/:id/leave-out': { body: Selection, answer: Import },
  'POST /api/imports/:id/corrections': { body: Correction, answer: CorrectionResult },
  'POST /api/imports/:id/check': { answer: Import },
  'POST /api/imports/:id/reread': { body: Reread, answer: Import },
  'POST /api/imports/:id/message': { body: ChangedMessage, answer: Import },
  'GET /api/imports/:id/undo': { answer: LatestOrder },
  'POST /api/imports/:id/undo/preview': { answer: Order },
  'POST /api/imports/:id/undo': { body: Confirmation, answer: Order },
  'POST /api/imports/:id/undo/stop': { answer: Order },
  'GET /api/imports/:id/remind': { answer: LatestOrder },
  'POST /api/imports/:id/remind/preview': { body: ReminderText, answer: Order },
  'POST /api/imports/:id/remind': { body: Confirmation, answer: Order },
  'POST /api/imports/:id/remind/stop': { answer: Order },
  'POST /api/imports/:id/archive': { answer: Import },
  'POST /api/imports/:id/unarchive': { answer: Import },
  'DELETE /api/imports/:id': { answer: z.null(), status: 204 },
  'DELETE /api/imports/:id/remembered': { answer: z.null(), status: 204 },
  'GET /api/people': { query: PeopleQuery, answer: People },
  'GET /api/pairs': { query: PersonQuery, answer: PersonPage },
  'GET /api/portal': { answer: Portal },
  'POST /api/portal/try-now': { answer: Portal },
  'POST /api/doctor': { body: SetUpQuestion, answer: DoctorReport },
} as const satisfies Record<`${'GET' | 'POST' | 'DELETE'} /api/${string}`, Contract>;

export type RouteName = keyof typeof CONTRACTS;

type Parsed<Name extends RouteName, Part extends string> =
  (typeof CONTRACTS)[Name] extends Record<Part, infer Schema extends z.ZodType>
    ? z.output<Schema>
    : undefined;

export type AnswerOf<Name extends RouteName> = Parsed<Name, 'answer'>;

/** A valid request. */
export interface RequestOf<Name extends RouteName> {
  /** Id of the import; 0 for a route without one. */
  id: number;
  query: Parsed<Name, 'query'>;
  body: Parsed<Name, 'body'>;
}

export const ROUTE_NAMES = Object.keys(CONTRACTS) as RouteName[];

/** @returns the contract with its optional parts */
export const contractOf = (name: RouteName): Contract => CONTRACTS[name];

/** @returns the route of a request; undefined when it is not in the table */
export function routeOf(method: string, path: string): RouteName | undefined {
  const wanted = `${method} ${path.replace(/\/imports\/\d+/, '/imports/:id')}`;
  return ROUTE_NAMES.find((name) => name === wanted);
}
