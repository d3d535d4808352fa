import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Import } from '../../../src/server/schemas/import-schema.ts';
import { crowd, TestServer } from '../../support/server.ts';

let server: TestServer;
let made: Import;
beforeAll(async () => {
  server = await TestServer.open({ worker: false });
  made = await server.add(SMALL);
});
afterAll(() => server[Symbol.asyncDispose]());

const SMALL = crowd([2], [3]);
const PROBLEM = /^application\/problem\+json/;
const JSON_TYPE = { 'content-type': 'application/json' };

const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toMatch(PROBLEM);
  const problem = (await answer.json()) as { detail: string; remedy?: string; errors?: object[] };
  return { status: answer.status, ...problem };
};

describe('unknown input is refused:', () => {
  test.each([
    ['a query parameter', 'GET', '/api/imports?page=2', 'page', 'known are cursor, limit'],
    ['of one import', 'GET', '/api/imports/1?fields=id', 'fields', 'nothing is'],
    [
      'of results',
      'GET',
      '/api/imports/1/results.csv?since=5',
      'since',
      'outcome, reason, q, found, group_id, user_id, place, delimiter',
    ],
    ['of a stream', 'GET', '/api/events?since=1', 'since', 'nothing is'],
    ['of an action', 'POST', '/api/imports/1/start?force=1', 'force', 'nothing is'],
    ['a mistyped parameter', 'GET', '/api/pairs?userid=5', 'userid', 'did you mean user_id?'],
    ['of an upload', 'POST', '/api/imports?mesage=Hi', 'mesage', 'did you mean message?'],
  ])('%s', async (_, method, path, name, words) => {
    const answer = await server.request(path, { method });
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: `/${name}` }] });
    expect(problem.detail).toContain(words);
  });

  test.each([
    ['retry', { reasons: 'portal_error' }, '/reasons', 'did you mean reason?'],
    ['reread', { encodings: 'utf-8' }, '/encodings', 'did you mean encoding?'],
    ['start', { message: 'Hi' }, '/message', 'known are first'],
  ])('a key of JSON to %s', async (action, body, pointer, words) => {
    const problem = await problemOf(await server.post(`/api/imports/${made.id}/${action}`, body));
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer }] });
    expect(problem.detail).toContain(words);
    expect(await server.json(`/api/imports/${made.id}`)).toMatchObject({ state: 'ready' });
  });

  test.each([
    [{ mesage: 'Hi' }, '/mesage', 'did you mean message? Known are encoding,'],
    [{ groupcolumn: '1' }, '/groupcolumn', 'did you mean groupColumn?'],
    [{ fille: 'x' }, '/fille', 'did you mean file?'],
  ])('a field of a form: %j', async (fields, pointer, words) => {
    const problem = await problemOf(await server.upload(SMALL, { start: 'true', ...fields }));
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer }] });
    expect(problem.detail).toContain(words);
  });

  test.each<[what: string, fill: (form: FormData) => void, detail: RegExp]>([
    [
      'a file in another field',
      (form) => form.append('upload', new Blob([SMALL]), 'a.csv'),
      /^upload: is not known here; known are .*, file$/,
    ],
    ['text in its field', (form) => form.append('file', SMALL), /contains text, not a file/],
    [
      'a field twice',
      (form) => {
        form.append('message', 'a');
        form.append('message', 'b');
        form.append('file', new Blob([SMALL]), 'a.csv');
      },
      /^message: is given twice$/,
    ],
  ])('%s', async (_, fill, detail) => {
    const body = new FormData();
    fill(body);
    const problem = await problemOf(await server.request('/api/imports', { method: 'POST', body }));
    expect(problem).toMatchObject({ status: 400, detail: expect.stringMatching(detail) });
  });

  test.each([
    ['retry', 'text/csv'],
    ['reread', 'text/csv'],
    ['start', 'text/plain'],
    ['retry', 'application/x-www-form-urlencoded'],
  ])('a body to %s as %s', async (action, type) => {
    const answer = await server.request(`/api/imports/${made.id}/${action}`, {
      ...{ method: 'POST', body: 'x', headers: { 'content-type': type } },
    });
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ status: 415, remedy: expect.stringContaining('JSON') });
    expect(await server.json(`/api/imports/${made.id}`)).toMatchObject({ state: 'ready' });
  });

  test.each(['0x1', '1e0', '%201', '1%20', '+1', '%2B1', '01', '1.0', '-1', '١', '1n', 'one'])(
    'the id of an import as %s',
    async (id) => {
      const problem = await problemOf(await server.request(`/api/imports/${id}`));
      expect(problem).toMatchObject({
        status: 400,
        errors: [{ pointer: '/id', code: 'no_digits' }],
      });
    },
  );

  test.each(['user_id=0x5', 'user_id=%2B5', 'user_id=05', 'limit=1e1', 'limit=%205'])(
    'a number in a query as %s',
    async (query) => {
      const problem = await problemOf(
        await server.request(`/api/imports/${made.id}/pairs?${query}`),
      );
      expect(problem).toMatchObject({ status: 400, errors: [{ code: 'no_digits' }] });
    },
  );
});

test('an action accepts no body, an empty one, or known fields', async () => {
  const { id } = await server.add(SMALL);
  for (const [action, body] of [
    ['start', undefined],
    ['pause', {}],
    ['resume', undefined],
    ['retry', undefined],
    ['retry', {}],
    ['retry', { reason: 'portal_error' }],
  ] as const) {
    expect([action, (await server.post(`/api/imports/${id}/${action}`, body)).status]).toEqual([
      action,
      200,
    ]);
  }
});

describe('another method gets the list of allowed ones', () => {
  test.each([
    ['PUT', '/api/imports', 'GET, HEAD, POST'],
    ['OPTIONS', '/api/imports/1', 'DELETE, GET, HEAD'],
    ['PATCH', '/api/imports/1', 'DELETE, GET, HEAD'],
    ['DELETE', '/api/imports/1/pairs', 'GET, HEAD'],
    ['GET', '/api/imports/1/start', 'POST'],
    ['HEAD', '/api/portal/try-now', 'POST'],
    ['POST', '/api/session', undefined],
    ['PUT', '/api/session', 'DELETE, GET, HEAD, POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['DELETE', '/metrics', 'GET, HEAD'],
    ['PROPFIND', '/api/imports', 'GET, HEAD, POST'],
    ['PUT', '/queue', 'GET, HEAD'],
  ])('%s %s', async (method, path, allow) => {
    const answer = await server.request(path, { method });
    if (allow === undefined) expect(answer.status).toBe(400);
    else expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect(answer.headers.get('content-type')).toMatch(PROBLEM);
  });
});

/** Sends raw text. @returns the head and body of the response */
async function raw(text: string): Promise<{ head: string; body: string }> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  await once(socket, 'connect');
  let said = '';
  socket.setEncoding('utf8').on('data', (more: string) => {
    said += more;
  });
  socket.write(text);
  await once(socket, 'close');
  const at = said.indexOf('\r\n\r\n');
  return { head: said.slice(0, at), body: said.slice(at + 4) };
}

const AUTH = 'Authorization: Bearer the-token-of-an-admin\r\nConnection: close\r\n';

describe('a malformed request gets a problem:', () => {
  test.each([
    ['a bad address', `GET /%zz HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`, 400, 'request_malformed'],
    [
      'a bad number',
      `GET /api/imports/%ff HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`,
      400,
      'request_malformed',
    ],
    ['no method', `FOO / HTTP/1.1\r\nHost: x\r\n\r\n`, 400, 'request_malformed'],
    ['no HTTP', 'hello\r\n\r\n', 400, 'request_malformed'],
    ['no host', `GET /healthz HTTP/1.1\r\n${AUTH}\r\n`, 400, 'request_malformed'],
    [
      'two lengths',
      'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      ...([400, 'request_malformed'] as const),
    ],
    [
      'an unknown expectation',
      `GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n${AUTH}\r\n`,
      ...([400, 'request_malformed'] as const),
    ],
    [
      'a head too large',
      `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      ...([431, 'head_too_large'] as const),
    ],
    [
      'two hosts',
      `GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n${AUTH}\r\n`,
      ...([400, 'request_malformed'] as const),
    ],
    [
      'an invalid host',
      `GET /healthz HTTP/1.1\r\nHost: x/y@z\r\n${AUTH}\r\n`,
      ...([400, 'request_malformed'] as const),
    ],
    ['a tunnel', `CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n${AUTH}\r\n`, 405, 'method_unknown'],
    ['a tunnel without host', 'CONNECT x:443 HTTP/1.1\r\n\r\n', 405, 'method_unknown'],
    ['any options', `OPTIONS * HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`, 404, 'nothing_here'],
    [
      'an unknown absolute address',
      `GET http://x/api/none HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`,
      ...([404, 'nothing_here'] as const),
    ],
    [
      'another method at an absolute address',
      `PUT http://x/healthz?a=1 HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`,
      ...([405, 'method_unknown'] as const),
    ],
    [
      'an absolute address of another protocol',
      `GET ftp://x/healthz HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`,
      ...([404, 'nothing_here'] as const),
    ],
    [
      'an absolute address without its login',
      'GET http://x/api/imports HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      ...([401, 'login_needed'] as const),
    ],
    ['a trace', `TRACE /api/imports HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`, 405, 'method_unknown'],
    [
      'a path out of the queue’s page',
      `GET /queue/static/../x HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`,
      ...([404, 'nothing_here'] as const),
    ],
    [
      'an address too long',
      `GET /api/imports/${'1'.repeat(500)} HTTP/1.1\r\nHost: x\r\n${AUTH}\r\n`,
      ...([404, 'nothing_here'] as const),
    ],
  ])('%s', async (_, text, status, code) => {
    const { head, body } = await raw(text);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain('content-type: application/problem+json');
    expect(head.toLowerCase()).toContain('content-security-policy: ');
    expect(JSON.parse(body)).toMatchObject({
      status,
      code,
      type: expect.stringMatching(/^\/problems\//),
    });
  });
});

test.each([
  ['an upgrade to what is not offered', 'GET /healthz', 'Upgrade: websocket\r\nHost: x\r\n'],
  ['an absolute address', 'GET http://x/healthz', 'Host: y\r\n'],
  ['a host with a port', 'GET /healthz', 'Host: [::1]:3000\r\n'],
  ['an empty host', 'GET /healthz', 'Host:\r\n'],
])('%s is answered normally', async (what, line, headers) => {
  const connection = what.includes('upgrade') ? 'Connection: upgrade, close\r\n' : AUTH;
  const { head } = await raw(`${line} HTTP/1.1\r\n${headers}${connection}\r\n`);
  expect(head).toMatch(/^HTTP\/1.1 200 /);
});

describe('an invalid JSON body is refused:', () => {
  const NO_OBJECT = 'body: must be an object of JSON';
  const UNKNOWN = 'is not known here; known are outcome, reason';
  test.each<[body: string | Buffer, detail: string]>([
    ['{', 'The body is not valid JSON in UTF-8.'],
    ['', 'The body is not valid JSON in UTF-8.'],
    [Buffer.from('{"reason":"\xff"}', 'latin1'), 'The body is not valid JSON in UTF-8.'],
    ['null', NO_OBJECT],
    [' null ', NO_OBJECT],
    ['[]', NO_OBJECT],
    ['"portal_error"', NO_OBJECT],
    ['{"__proto__":{"reason":"portal_error"}}', `__proto__: ${UNKNOWN}`],
    ['{"constructor":{"prototype":1}}', `constructor: ${UNKNOWN}`],
    ['{"reason":null}', 'reason: must be one of '],
  ])('%s', async (body, detail) => {
    for (const action of [`imports/${made.id}/retry`, 'session']) {
      const init = { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: JSON_TYPE };
      const problem = await problemOf(await server.request(`/api/${action}`, init));
      const isOfRetry = detail.includes('reason');
      const said = action === 'session' && isOfRetry ? '' : detail;
      expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining(said) });
      expect(JSON.stringify(problem)).not.toMatch(/Invalid input|Unrecognized|Content-Type.*valid/);
    }
  });

  test('a column that is not text', async () => {
    const answer = await server.post(`/api/imports/${made.id}/reread`, { messageColumn: 5 });
    expect(await problemOf(answer)).toMatchObject({
      ...{ status: 400, detail: 'messageColumn: must be given as text' },
      errors: [{ pointer: '/messageColumn', code: 'no_text' }],
    });
  });

  test.each([
    ['application/json; charset=utf-16', 415],
    ['application/json;charset="latin1"', 415],
    ['application/json; charset=UTF-8', 200],
    ['application/json; charset="utf-8"', 200],
  ])('as %s: %d', async (type, status) => {
    const init = { method: 'POST', body: '{}', headers: { 'content-type': type } };
    const answer = await server.request(`/api/imports/${made.id}/retry`, init);
    expect(answer.status).toBe(status);
  });
});

test.each([
  ['/api/imports?limit=1&limit=2', 'limit: is given twice'],
  ['/api/imports?page=1&page=2', 'page: is given twice'],
  ['/api/imports/1/pairs?limit=5&user_id=1&user_id=1', 'user_id: is given twice'],
  ['/login?token=a&token=b', 'token: is given twice'],
])('a parameter twice in %s', async (path, detail) => {
  expect(await problemOf(await server.request(path))).toMatchObject({ status: 400, detail });
});

test.each(['/healthz?x=1', '/metrics?x=1'])(
  '%s is answered, because probes add such parameters',
  async (path) => {
    expect((await server.request(path)).status).toBe(200);
  },
);
