import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startHarnessRedis } from '../e2e/redis/redis-server.ts';
import { openHarness, SHORT_TIMEOUT } from '../support/program-harness.ts';
import { freePort } from '../support/services/free-port.ts';

const CODE = 'Zx81-n0b0dy-may-see-me';
const ADMIN = 'the-token-of-an-admin';
const VIEWER = 'the-token-of-a-viewer';
const WRONG = 'a-token-that-is-wrong';
const PASSWORD = 'an"open sesame';
const MESSAGES = ['Welcome to the secret garden', 'Come as you are, Maria'];
const method = 'sonet_group.user.invite';

/** Users of three groups, each row with a message. */
const CSV = `group_id,user_id,message\n${[2, 4, 6]
  .flatMap((group) => Array.from({ length: 40 }, (_, at) => `${group},${at + 3},"${MESSAGES[1]}"`))
  .join('\n')}\n`;

type Line = Record<string, unknown>;

test('log lines are JSON with ids, without secrets and messages, and answers contain no secrets', async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  await using harness = await openHarness({ code: CODE }, SHORT_TIMEOUT);
  await using redis = await startHarnessRedis(harness.folder, '--requirepass', PASSWORD);
  const program = harness.program.with({
    ...{ ADMIN_TOKEN: ADMIN, VIEWER_TOKEN: VIEWER, PORT: String(port), LOG_LEVEL: 'trace' },
    REDIS_URL: redis.url.replace('//', `//:${encodeURIComponent(PASSWORD)}@`),
  });
  const answers: string[] = [];
  const request = async (path: string, init: RequestInit = {}, token = ADMIN) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${origin}${path}`, { ...init, headers });
    const text = await (path.endsWith('events') ? firstOf(answer) : answer.text());
    answers.push(JSON.stringify([...answer.headers]), text);
    return { status: answer.status, text };
  };

  await harness.setFaults(
    ...(['drop_after', 'html_502', 'command_error', 'auth'] as const).map((kind) => ({
      ...{ kind, method, times: 1 },
    })),
  );
  const server = program.start('serve');
  await server.prints(/: http:\/\/127\.0\.0\.1:\d+\n/);
  const form = new FormData();
  form.append('start', 'true');
  form.append('message', MESSAGES[0] ?? '');
  form.append('file', new Blob([CSV]), 'people.csv');
  expect((await request('/api/imports', { method: 'POST', body: form })).status).toBe(201);
  await server.prints(/"msg":"portal held/);
  await request('/api/portal/try-now', { method: 'POST' });
  await request('/api/imports/1/pairs?outcome=invited', {}, VIEWER);
  await server.prints(/"msg":"request answered"/);
  await harness.order('webhook', { code: 'another' });
  const { paths } = JSON.parse((await request('/api/openapi.json')).text);
  for (const [path, methods] of Object.entries<object>(paths)) {
    for (const verb of Object.keys(methods)) {
      await request(path.replaceAll('{id}', '1'), { method: verb.toUpperCase() });
    }
  }
  for (const path of ['/queue/api/queues', '/metrics', '/nothing', '/api/pairs?user_id=3']) {
    await request(path);
  }
  for (const path of ['/metrics', '/api/session']) await request(path, {}, WRONG);
  interruptUpload(port);
  await server.prints(/"msg":"the client closed the connection during the request"/);
  await redis[Symbol.asyncDispose]();
  await server.prints(/Cannot connect to Redis/);
  const { stdout, stderr } = await server.stop();

  const lines: Line[] = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toContainEqual(
    expect.objectContaining({
      ...{ msg: 'request answered', importId: 1, chunk: expect.any(Number) },
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    }),
  );
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'answered', route: '/api/imports/:id/pairs', importId: 1 }),
  );
  expect(lines).toContainEqual(
    expect.objectContaining({
      method: 'POST',
      status: 201,
      who: 'admin',
      reqId: expect.anything(),
    }),
  );
  expect(lines.filter(({ msg }) => msg === 'unexpected')).toEqual([]);
  // Each Redis error is logged only once, with a remedy, however often the connection is retried.
  const ofRedis = lines.filter((line) => /Redis at|connect E/.test(JSON.stringify(line)));
  expect(new Set(ofRedis.map(({ msg }) => msg)).size).toBe(ofRedis.length);
  for (const line of ofRedis)
    expect(line).toMatchObject({ remedy: expect.stringMatching(/Redis/) });
  const secrets = [CODE, ADMIN, VIEWER, WRONG, PASSWORD, encodeURIComponent(PASSWORD)];
  for (const word of [...secrets, 'open sesame', ...MESSAGES]) expect(stderr).not.toContain(word);
  for (const word of secrets) {
    expect(stdout).not.toContain(word);
    expect(answers.filter((text) => text.includes(word))).toEqual([]);
  }
});

/** @returns the first block of a stream that does not end */
async function firstOf(answer: Response): Promise<string> {
  for await (const block of answer.body ?? []) return new TextDecoder().decode(block);
  return '';
}

/** Announces an upload of 100 bytes, sends fewer and closes the connection. */
function interruptUpload(port: number): void {
  const head = ['POST /api/imports?filename=half.csv HTTP/1.1', 'host: 127.0.0.1'];
  head.push(`authorization: Bearer ${ADMIN}`, 'content-type: text/csv', 'content-length: 100');
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(`${head.join('\r\n')}\r\n\r\ngroup_id,user_id\n`, () => socket.end());
  });
}
