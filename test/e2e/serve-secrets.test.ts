import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { crowd, openOffice, SHORT_TIMEOUT } from '../support/office.ts';

const CODE = 'Zx81-n0b0dy-may-see-me';
const ADMIN = 'the-token-of-an-admin';
const VIEWER = 'the-token-of-a-viewer';
const MESSAGE = 'Welcome to the secret garden';
const method = 'sonet_group.user.invite';

test('no answer and no line of the log has the webhook’s code or a token, though everything is logged', async () => {
  const port = await freePort();
  await using office = await openOffice(
    { code: CODE },
    ...[
      {
        ADMIN_TOKEN: ADMIN,
        VIEWER_TOKEN: VIEWER,
        PORT: `${port}`,
        LOG_LEVEL: 'trace',
        ...SHORT_TIMEOUT,
      },
    ],
  );
  const server = office.program.start('serve');
  await server.says(/: http:\/\/127\.0\.0\.1:\d+\n/);
  const said: string[] = [];
  const ask = async (path: string, init: RequestInit = {}, token = ADMIN) => {
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
    said.push(JSON.stringify([...answer.headers]));
    const text = await (path.endsWith('events') ? firstOf(answer) : answer.text());
    said.push(text);
    return text;
  };

  await office.setFaults(
    ...(['error_500', 'html_502', 'drop_before'] as const).map((kind) => ({
      ...{ kind, method, times: 1 },
    })),
  );
  const form = new FormData();
  form.append('start', 'true');
  form.append('message', MESSAGE);
  form.append('file', new Blob([crowd(4, 20)]), 'crowd.csv');
  await ask('/api/imports', { method: 'POST', body: form });
  await office.until(({ invitationsSent }) => invitationsSent > 0);
  await office.order('webhook', { code: 'another' });
  const { paths } = JSON.parse(await ask('/api/openapi.json'));
  for (const [path, methods] of Object.entries<object>(paths)) {
    for (const verb of Object.keys(methods)) {
      await ask(path.replaceAll('{id}', '1'), { method: verb.toUpperCase() });
    }
  }
  for (const path of ['/queue/api/queues', '/metrics', '/nothing', '/api/pairs?user_id=3']) {
    await ask(path);
  }
  await ask('/api/session', {}, 'a-token-that-is-wrong');
  const { stdout, stderr } = await server.stop();

  for (const secret of [CODE, ADMIN, VIEWER, 'a-token-that-is-wrong']) {
    expect(said.filter((text) => text.includes(secret))).toEqual([]);
    expect(stdout + stderr).not.toContain(secret);
  }
  expect(stdout + stderr).not.toContain(MESSAGE);
});

async function firstOf(answer: Response): Promise<string> {
  for await (const block of answer.body ?? []) return new TextDecoder().decode(block);
  return '';
}
