import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../support/server.ts';

interface Operation {
  security?: object[];
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { headers?: object; content?: object }>;
  'x-events'?: object;
}

interface Schema {
  properties?: Record<string, object>;
  additionalProperties?: boolean;
}

let server: TestServer;
let operations: Map<string, Operation>;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
  const { paths } = await server.json<{ paths: Record<string, Record<string, Operation>> }>(
    '/api/openapi.json',
  );
  operations = new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, it]) => [`${method.toUpperCase()} ${path}`, it] as const,
      ),
    ),
  );
});
afterAll(() => server[Symbol.asyncDispose]());

const of = (name: string): Operation => {
  const found = operations.get(name);
  if (found === undefined) throw new Error(`${name} is not described`);
  return found;
};

test('errors are problems, each with its headers', () => {
  for (const [name, { responses }] of operations) {
    if (/healthz|readyz/.test(name)) continue;
    expect([name, Object.keys(responses['4XX']?.content ?? {})]).toEqual([
      name,
      ['application/problem+json'],
    ]);
    expect(Object.keys(responses['4XX']?.headers ?? {})).toEqual([
      'allow',
      'www-authenticate',
      'retry-after',
    ]);
    expect(Object.keys(responses['5XX']?.content ?? {})).toEqual(['application/problem+json']);
  }
});

test.each([
  ['GET /api/imports/{id}/results.csv', 'text/csv'],
  ['GET /api/sample.csv', 'text/csv'],
  ['GET /metrics', 'text/plain'],
  ['GET /api/events', 'text/event-stream'],
  ['GET /api/imports/{id}/events', 'text/event-stream'],
])('%s answers with %s', (name, type) => {
  expect(of(name).responses[200]?.content).toEqual({ [type]: { schema: { type: 'string' } } });
});

test('events have their schemas', () => {
  expect(Object.keys(of('GET /api/events')['x-events'] ?? {})).toEqual([
    'import',
    'gone',
    'portal',
    'heartbeat',
  ]);
  expect(of('GET /api/imports/{id}/events')['x-events']).toMatchObject({
    gone: { required: ['id', 'by'] },
  });
});

test.each(['GET /healthz', 'GET /readyz', 'POST /api/session'])('%s requires no login', (name) => {
  expect(of(name).security).toEqual([]);
  expect(of('GET /api/session').security).toBeUndefined();
});

test.each(['start', 'pause', 'resume', 'cancel', 'retry'])(
  'the body of %s is optional and not nullable',
  (name) => {
    const { requestBody } = of(`POST /api/imports/{id}/${name}`);
    expect(requestBody?.required).toBe(false);
    expect(requestBody?.content['application/json']?.schema).toMatchObject({ type: 'object' });
    expect(of('POST /api/imports/{id}/reread').requestBody?.required).toBe(true);
  },
);

test.each(['start', 'pause', 'resume', 'cancel', 'retry', 'reread'])(
  'the idempotency key of %s is described',
  (name) => {
    expect(of(`POST /api/imports/{id}/${name}`).parameters).toContainEqual(
      expect.objectContaining({ name: 'idempotency-key', in: 'header' }),
    );
  },
);

test('an upload is a form or a file, compressed or not, with its options', () => {
  const { requestBody, parameters, responses } = of('POST /api/imports');
  expect(Object.keys(requestBody?.content ?? {})).toEqual([
    ...['multipart/form-data', 'text/csv', 'application/csv', 'text/tab-separated-values'],
    ...['application/json', 'application/x-ndjson', 'application/gzip', 'application/x-gzip'],
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.oasis.opendocument.spreadsheet',
  ]);
  const form = requestBody?.content['multipart/form-data']?.schema;
  const flag = { type: 'string', enum: ['true', '1', 'on', 'false', '0', ''] };
  expect(form).toMatchObject({
    additionalProperties: false,
    properties: { start: flag, again: flag, file: { format: 'binary' } },
  });
  expect(parameters).toContainEqual(
    expect.objectContaining({ name: 'idempotency-key', in: 'header' }),
  );
  expect(parameters).toContainEqual(
    expect.objectContaining({ name: 'start', in: 'query', schema: flag }),
  );
  expect(responses).toMatchObject({ 200: {}, 201: { headers: { location: {} } } });
});

test('a number in an address is plain digits', () => {
  expect(of('GET /api/imports/{id}').parameters).toMatchObject([
    { name: 'id', in: 'path', schema: { type: 'string', pattern: '^(0|[1-9][0-9]*)$' } },
  ]);
});
