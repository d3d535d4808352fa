import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../src/dashboard/api/api-error.ts';
import { LANGUAGES } from '../../../src/dashboard/i18n/in-both.ts';
import { problemInWords, problemTitle } from '../../../src/dashboard/i18n/in-words.ts';
import { problem } from '../../../src/messages/problems.ts';
import { HttpProblem, problemDetails } from '../../../src/server/http/http-problem.ts';
import { FakeApi } from '../fake-api/fake-api.ts';

const HTML = '<html><head><title>413 Request Entity Too Large</title></head></html>';

describe('an answer of a proxy', () => {
  test.each([
    [0, HTML, 'proxy_login', 'Access denied by the server in front of Bulk Invite'],
    [200, HTML, 'proxy_login', 'let the request through (HTTP 200)'],
    [401, 'Unauthorized', 'proxy_login', 'Reload this page and log in there.'],
    [403, '{"message":"Forbidden"}', 'proxy_login', 'HTTP 403'],
    [404, HTML, 'proxy_other', 'Another server answered instead of Bulk Invite (HTTP 404).'],
    [413, HTML, 'proxy_too_large', 'client_max_body_size'],
    [429, '', 'proxy_other', 'HTTP 429'],
    [502, HTML, 'proxy_away', 'Bulk Invite does not respond'],
    [503, 'null', 'proxy_away', 'It may be restarting.'],
    [504, HTML, 'proxy_slow', 'proxy_read_timeout'],
  ])('with status %i and the body %s is %s, in both languages', (status, body, code, part) => {
    const refusal = refusalOf(status, body);
    expect(refusal.problem).toMatchObject({ code, status });
    const texts = LANGUAGES.map((language) => {
      if (refusal.problem === null) return '';
      const { detail, remedy } = problemInWords(refusal.problem, language);
      return `${problemTitle(refusal.problem, language)} ${detail} ${remedy}`;
    });
    expect(texts[0]).toContain(part);
    expect(texts[1]).toMatch(/[а-я].*[а-я]/);
    for (const text of texts) expect(text).not.toMatch(/undefined|HTTP 0|<html/);
  });

  test('is not confused with a problem of the server', () => {
    const own = new HttpProblem('unavailable', problem('server_ending', {}));
    const { problem: read } = refusalOf(503, JSON.stringify(problemDetails(own, '/api/imports')));
    expect(read).toMatchObject({ code: 'server_ending', type: '/problems/unavailable' });
  });
});

test('a page of a proxy instead of data is explained', async () => {
  await using api = await FakeApi.start();
  // Routes need a context of their own.
  const page = await api.open('/', { locale: 'en-GB' });
  const html = { status: 200, contentType: 'text/html', body: '<p>Company login' };
  await page.context().route('**/api/portal', (route) => route.fulfill(html));
  await page.getByRole('link', { name: 'Portal' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('Access denied by the server in front of Bulk Invite').waitFor();
});
