import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problem } from '../../../src/messages/problems.ts';
import { Webhook } from '../../../src/portal/http/webhook.ts';
import { anyText } from '../../support/any-text.ts';

const CODE = 's3cr3tC0de';

function parse(text: string): Webhook {
  const webhook = Webhook.parse(text);
  if (!(webhook instanceof Webhook)) throw new Error(`refused: ${webhook}`);
  return webhook;
}

describe('a webhook', () => {
  test.each([
    ['as Bitrix24 shows it', `https://example.bitrix24.com/rest/1/${CODE}/`],
    ['without the last slash', `https://example.bitrix24.com/rest/1/${CODE}`],
    ['copied with blanks and a line break', `  https://example.bitrix24.com/rest/1/${CODE}/ \n`],
    [
      'with the method that Bitrix24 shows',
      `https://example.bitrix24.com/rest/1/${CODE}/profile.json`,
    ],
    ['with another', `https://example.bitrix24.com/rest/1/${CODE}/sonet_group.user.invite`],
    ['with one and a slash', `https://example.bitrix24.com/rest/1/${CODE}/profile/`],
    ['with a host in capitals', `HTTPS://Example.Bitrix24.COM/rest/1/${CODE}/`],
    ['with the default port of https', `https://example.bitrix24.com:443/rest/1/${CODE}/`],
    ['without https://', `example.bitrix24.com/rest/1/${CODE}/`],
    ['with // only', `//example.bitrix24.com/rest/1/${CODE}/`],
    ['in straight quotes', `"https://example.bitrix24.com/rest/1/${CODE}/"`],
    ['in single quotes', `'https://example.bitrix24.com/rest/1/${CODE}/profile.json'`],
    ['in curly quotes', ` “https://example.bitrix24.com/rest/1/${CODE}/” `],
    ['in guillemets', `«https://example.bitrix24.com/rest/1/${CODE}/»`],
    ['in angle brackets', `<https://example.bitrix24.com/rest/1/${CODE}>`],
    ['at the end of a sentence', `https://example.bitrix24.com/rest/1/${CODE}/.`],
    ['before a comma', `https://example.bitrix24.com/rest/1/${CODE},`],
    ['before a semicolon', `"https://example.bitrix24.com/rest/1/${CODE}/";`],
    [
      'with a method at the end of a sentence',
      `https://example.bitrix24.com/rest/1/${CODE}/profile.json.`,
    ],
    ['in parentheses', `(https://example.bitrix24.com/rest/1/${CODE}/)`],
    ['after curl', `curl https://example.bitrix24.com/rest/1/${CODE}/profile.json`],
    ['after curl, in quotes', `curl 'https://example.bitrix24.com/rest/1/${CODE}/'`],
    ['as a line of .env', `BITRIX24_WEBHOOK_URL=https://example.bitrix24.com/rest/1/${CODE}/`],
    [
      'as another, with quotes',
      `BITRIX24_WEBHOOK_URL = "https://example.bitrix24.com/rest/1/${CODE}/"`,
    ],
    ['as an export of a shell', `export WEBHOOK='https://example.bitrix24.com/rest/1/${CODE}/'`],
    ['as a line of YAML', `BITRIX24_WEBHOOK_URL: https://example.bitrix24.com/rest/1/${CODE}/`],
    ['as a line of JSON', `"webhook": "https://example.bitrix24.com/rest/1/${CODE}/",`],
    ['after a name, without https://', `WEBHOOK=example.bitrix24.com/rest/1/${CODE}/`],
    ['with a no-break space', `\u00a0https://example.bitrix24.com/rest/1/${CODE}/\u00a0`],
    [
      'with characters that do not show',
      `\u200bhttps://example.\u2060bitrix24.com/rest/1/${CODE}/\ufeff`,
    ],
    ['broken over two lines', `https://example.bitrix24.com/rest/\r\n1/${CODE}/`],
    ['with doubled slashes', `https://example.bitrix24.com//rest/1/${CODE}//`],
    ['of REST 3.0', `https://example.bitrix24.com/rest/api/1/${CODE}/`],
    ['of REST 3.0 with a method', `https://example.bitrix24.com/rest/api/1/${CODE}/profile.json`],
  ])('is accepted %s', (_, text) => {
    const webhook = parse(text);
    expect(webhook.portal).toBe('example.bitrix24.com');
    expect(webhook.callerId).toBe(1);
    expect(webhook.methodUrl('user.get')).toBe(
      `https://example.bitrix24.com/rest/1/${CODE}/user.get.json`,
    );
  });

  test.each([
    ['https://bitrix.example:8443/rest/27/aB-c_9/', 'bitrix.example:8443', 27],
    ['https://10.0.0.7/rest/2147483647/x/', '10.0.0.7', 2_147_483_647],
    ['http://localhost:8080/rest/1/x/', 'localhost:8080', 1],
    ['http://127.0.0.1/rest/1/x/', '127.0.0.1', 1],
    ['http://127.8.9.10:81/rest/1/x/', '127.8.9.10:81', 1],
    ['http://[::1]:81/rest/1/x/', '[::1]:81', 1],
    ['https://intranet.example:8443/portal/rest/1/x/', 'intranet.example:8443/portal', 1],
    ['https://intranet.example/a/b-c/rest/1/x/', 'intranet.example/a/b-c', 1],
  ])('%s names the portal %s and the caller %i', (text, portal, callerId) => {
    const webhook = parse(text);
    expect(webhook.portal).toBe(portal);
    expect(webhook.callerId).toBe(callerId);
    expect(webhook.methodUrl('scope')).toBe(`${text}scope.json`);
  });

  test.each([
    ['', 'is not a URL'],
    [CODE, 'is not a URL'],
    ['example.bitrix24.com', 'is not a URL'],
    [`https:///rest /1/${CODE}/`, 'has a space in it'],
    [`https://example.com/rest/1/ ${CODE}/`, 'has a space in it'],
    [`curl -X POST https://example.com/rest/1/${CODE}/`, 'cut off what precedes it'],
    [`my webhook is https://example.com/rest/1/${CODE}/`, 'cut off what precedes it'],
    [`curl https://example.com/rest/1/${CODE}/ -d x`, 'cut off the space and what follows it'],
    [`https://example.com/rest/1/${CODE}/profile.json and more`, 'cut off the space and'],
    [`A=https://example.com/rest/1/${CODE}/ B=https://example.com`, 'cut off the space and'],
    [`localhost:3000/rest/1/${CODE}/`, 'must start with http:// or https://'],
    [`127.0.0.1:3000/rest/1/${CODE}/`, 'must start with http:// or https://'],
    [`ftp://example.bitrix24.com/rest/1/${CODE}/`, 'must start with https://'],
    [`http://example.bitrix24.com/rest/1/${CODE}/`, 'must start with https:// (http is for'],
    [`http://127.0.0.1.example.com/rest/1/${CODE}/`, 'must start with https:// (http is for'],
    [`http://localhost.example.com/rest/1/${CODE}/`, 'must start with https:// (http is for'],
    [`http://10.0.0.7/rest/1/${CODE}/`, 'must start with https:// (http is for'],
    [`https://ann:${CODE}@example.com/rest/1/${CODE}/`, 'must not contain a user name or password'],
    [`https://ann@example.com/rest/1/${CODE}/`, 'must not contain a user name or password'],
    [`https://example.com/rest/1/${CODE}/?auth=${CODE}`, 'cut off the ?'],
    [`https://example.com/rest/1/${CODE}/#${CODE}`, 'cut off the #'],
    [`///rest/1/${CODE}///rest/1/${CODE}`, '…/rest/USER/CODE/'],
    ['https://example.com/', '…/rest/USER/CODE/'],
    ['https://example.com/rest/1/', '…/rest/USER/CODE/'],
    [`https://example.com/rest/${CODE}/`, '…/rest/USER/CODE/'],
    [`https://example.com/rest/0/${CODE}/`, '…/rest/USER/CODE/'],
    [`https://example.com/rest/-1/${CODE}/`, '…/rest/USER/CODE/'],
    [`https://example.com/rest/2147483648/${CODE}/`, '…/rest/USER/CODE/'],
    [`https://example.com/rest/1/${CODE}/profile.json/x`, 'cut off what follows it'],
    [`https://example.com/rest/1/${CODE}/a-b`, 'cut off what follows it'],
    [`https://example.com/rest/1/${CODE}/rest/1/${CODE}`, 'cut off what follows it'],
    [`https://example.com/rest/1/${CODE}%2F/`, '…/rest/USER/CODE/'],
    [`https://example.com/rest/profile.json?auth=${CODE}`, 'cut off the ?'],
    [`https://example.com/a/REST/1/${CODE}/`, 'must have /rest/ in lower case'],
    [`https://example.com/REST/1/${CODE}/`, 'must have /rest/ in lower case'],
  ])('is refused: %s %s', (text, reason) => {
    const refusal = Webhook.parse(text);
    expect(refusal).toContain(reason);
    expect(refusal).not.toContain(CODE);
  });
});

/** Addresses as they may be pasted: right ones, and ones with anything in any place. */
const pasted = fc
  .record({
    around: fc.constantFrom(
      ...['', ' ', '"', '“', '«', '<', '(', '\u200b', '\n', 'x', 'curl ', 'curl -X POST ', 'see '],
      ...['BITRIX24_WEBHOOK_URL=', 'export A="', 'A: ', '"A": "'],
    ),
    scheme: fc.constantFrom('https://', 'http://', '', '//', 'ftp://', 'https://ann:pw@', 'HTTPS:'),
    host: fc.constantFrom('p.example', 'p.example:8443', 'localhost:1', '[::1]', '', 'a b'),
    rest: fc.constantFrom('/rest/', '/a/rest/', '/rest/api/', '/REST/', '/', '//rest/', '/%/rest/'),
    user: fc.constantFrom('1/', '0/', 'x/', '', '99999999999/'),
    code: fc.stringMatching(/^[a-z0-9]{8,32}$/),
    after: fc.oneof(
      fc.constantFrom('', '/', '/profile.json', '//', '?a=1', '#x', '/a/b', '%2F', '/a-b'),
      fc.constantFrom(',', ';', '.', '/.', '/",', ' -d x', '/ x', '…', '/”.'),
      anyText,
    ),
  })
  .map(({ code, ...parts }) => ({
    code,
    text: [parts.around, parts.scheme, parts.host, parts.rest, parts.user, code, parts.after].join(
      '',
    ),
  }));

test('no refusal contains the code, whatever was pasted', () => {
  fc.assert(
    fc.property(pasted, fc.boolean(), ({ code, text }, isTwice) => {
      const webhook = Webhook.parse(isTwice ? `${text}${text}` : text);
      expect(String(webhook)).not.toContain(code);
      expect(inspect(webhook)).not.toContain(code);
      if (webhook instanceof Webhook) {
        expect(webhook.portal).not.toContain(code);
        expect(webhook.methodUrl('scope')).toMatch(
          // Letters and digits behind the code are part of it.
          new RegExp(`^https?://[^/]+(/[^/]+)*/rest/1/${code}[A-Za-z0-9]*/scope.json$`),
        );
      }
    }),
  );
});

describe('the code does not show', () => {
  const webhook = parse(`https://example.bitrix24.com/rest/1/${CODE}/`);
  const shown = 'https://example.bitrix24.com/rest/1/***/';

  test.each<[string, () => string, string]>([
    ['as a text', () => String(webhook), shown],
    ['in a template', () => `${webhook}`, shown],
    ['joined', () => ['to', webhook].join(' '), `to ${shown}`],
    ['as JSON', () => JSON.stringify(webhook), `"${shown}"`],
    ['as JSON within others', () => JSON.stringify([{ webhook }]), `[{"webhook":"${shown}"}]`],
    ['inspected', () => inspect(webhook), `Webhook(${shown})`],
    ['inspected within others', () => inspect({ deep: [{ webhook }] }), `Webhook(${shown})`],
    ['inspected in a map', () => inspect(new Map([['a', webhook]])), `Webhook(${shown})`],
    ['formatted as text', () => format('%s', webhook), shown],
    ['formatted as an object', () => format('%o %O', webhook, { webhook }), shown],
    ['formatted as JSON', () => format('%j', webhook), shown],
    ['in an error', () => String(new Error(`cannot reach ${webhook}`).stack), shown],
    [
      'in the cause of a problem',
      () => inspect(problem('unexpected', {}, { cause: { webhook } }), { depth: 9 }),
      shown,
    ],
  ])('%s', (_, print, expected) => {
    expect(print()).toContain(expected);
    expect(print()).not.toContain(CODE);
  });

  test.each<[string, () => string]>([
    ['with hidden properties', () => inspect(webhook, { showHidden: true, depth: 9 })],
    ['without its custom inspect', () => inspect(webhook, { customInspect: false })],
    ['as a list of its properties', () => inspect(Object.entries(webhook))],
    ['spread', () => inspect({ ...webhook })],
    ['cloned', () => inspect(structuredClone(webhook))],
    ['serialized', () => serialize(webhook).toString('latin1')],
    ['as a plain object in JSON', () => JSON.stringify({ ...webhook })],
  ])('%s', (_, print) => {
    expect(print()).not.toContain(CODE);
  });

  test('in any redacted text, even if it occurs several times', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1 }), (parts) => {
        const redacted = webhook.redact(parts.join(CODE));
        expect(redacted).not.toContain(CODE);
        expect(redacted).toBe(parts.map((part) => part.replaceAll(CODE, '***')).join('***'));
      }),
    );
  });
});
