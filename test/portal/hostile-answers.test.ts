import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HttpAgents } from '../../src/platform/network/http-agents.ts';
import { cleanFailure, ranLong } from '../../src/portal/http/failure.ts';
import { post } from '../../src/portal/http/post.ts';
import { Webhook } from '../../src/portal/http/webhook.ts';
import { anyText } from '../support/any-text.ts';
import { json, type Respond, startOddServer } from './faulty-server.ts';

const CODE = 's3cr3tC0de';
const agents = new HttpAgents();

async function failureOf(respond: Respond) {
  const { origin } = await startOddServer(respond);
  const answer = await post(
    webhookOf(origin),
    'scope',
    {},
    { timeoutMs: 60_000, userAgent: 'x', agents },
  );
  if (answer.ok) throw new Error(`an answer: ${answer.result}`);
  return answer.failure;
}

function webhookOf(origin: string): Webhook {
  const webhook = Webhook.parse(`${origin}/rest/1/${CODE}/`);
  if (!(webhook instanceof Webhook)) throw new Error(`The webhook ${webhook}.`);
  return webhook;
}

const WORDS = '\u001b[2J\u001b[31mno\u202e\u0007\nentry';

describe('the text of a portal’s error', () => {
  test('contains no control characters and is not too long', async () => {
    const long = `${WORDS}${'x'.repeat(500_000)}`;
    const failure = await failureOf((response) =>
      json(response, 403, { error: 'ACCESS_DENIED', error_description: long }),
    );
    expect(failure).toMatchObject({ kind: 'held', code: 'ACCESS_DENIED' });
    expect(failure.description).toMatch(/^\[2J\[31mno entryx{900,}…$/);
    expect([...failure.description]).toHaveLength(1_000);
  });

  test('never contains the webhook’s code, even hidden or cut off', () => {
    const webhook = webhookOf('https://example.bitrix24.com');
    const hidden = fc
      .constantFrom('', '\u200b', '\u202e', '\u001b')
      .map((sign) => [...CODE].join(sign));
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, hidden)), fc.nat(1_100), (parts, before) => {
        const description = `${'x'.repeat(before)}${parts.join('')}`;
        const clean = cleanFailure(webhook, { kind: 'refused', code: CODE, description });
        expect(clean.description).not.toContain(CODE.slice(0, 6));
        expect(clean.code).toBe('***');
        expect([...clean.description].length).toBeLessThanOrEqual(1_000);
        expect(clean.description).not.toMatch(/[\p{Cc}\u202e]/u);
      }),
    );
  });
});

describe('an answer of more than 64 MiB', () => {
  const MANY = 65 * 1024 ** 2;

  test.each<[string, Respond]>([
    [
      'compressed',
      (response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(Buffer.alloc(MANY, ' ')));
      },
    ],
    [
      'without an end',
      (response) => {
        const piece = Buffer.alloc(1024 ** 2, ' ');
        const write = (): void => {
          while (!response.destroyed && response.write(piece));
        };
        response.on('drain', write);
        write();
      },
    ],
  ])('counts as no answer and is not kept: %s', async (_, respond) => {
    const failure = await failureOf(respond);
    expect(failure).toMatchObject({ kind: 'unanswered', code: 'ANSWER_TOO_LARGE' });
    expect(ranLong(failure)).toBe(true);
  });
});
