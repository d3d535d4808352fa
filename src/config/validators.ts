import { isIP } from 'node:net';
import { z } from 'zod';
import { areEncoded, NOT_ENCODED, splitAddress } from '../domain/text/credentials.ts';
import { Secret } from '../domain/text/secret.ts';
import { isSentinelUrl, parseSentinelUrl, SENTINEL_FORM } from '../domain/text/sentinel-url.ts';
import { Token } from '../domain/text/token.ts';
import { QuietHours } from '../domain/time/quiet-hours.ts';
import { type HttpProxy, parseProxy } from '../platform/network/proxies.ts';
import { Webhook } from '../portal/http/webhook.ts';

export const number = (from: number, to: number) => {
  const expected = `must be a number from ${from} to ${to}`;
  return z.coerce.number(expected).min(from, expected).max(to, expected);
};

export const integer = (from: number, to: number) => {
  const expected = `must be a whole number from ${from} to ${to}`;
  return z.coerce.number(expected).int(expected).min(from, expected).max(to, expected);
};

export const yesOrNo = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

/** Letters that a path can contain without encoding; segments such as `..` would be resolved by browsers. */
export const basePath = z.string().regex(/^(\/(?!\.{1,2}(\/|$))[\w.~-]+)+$/, {
  error:
    'must look like /bulk-invite: a slash at the start and none at the end, then letters, digits, ., -, _ and ~. Leave it empty if the page is at the root of its host',
});

export const webhook = z.string().transform((text, context) => {
  const parsed = Webhook.parse(text);
  if (parsed instanceof Webhook) return parsed;
  context.addIssue({
    code: 'custom',
    message: `${parsed}; it looks like https://example.bitrix24.com/rest/1/CODE/`,
  });
  return z.NEVER;
});

export const quietHours = z.string().transform((text, context) => {
  const parsed = QuietHours.parse(text);
  if (parsed instanceof QuietHours) return parsed;
  context.addIssue({ code: 'custom', message: parsed });
  return z.NEVER;
});

/** An address with unambiguous user name and password; further checks are skipped otherwise. */
const address = z.string().refine(areEncoded, { error: NOT_ENCODED, abort: true });

export const redisUrl = address.check(({ value, issues }) => {
  const sentinels = isSentinelUrl(value) ? parseSentinelUrl(value) : undefined;
  if (typeof sentinels === 'string') {
    const message = `${sentinels}; it must look like ${SENTINEL_FORM}`;
    issues.push({ code: 'custom', input: '', message });
  } else if (sentinels === undefined && !/^rediss?:\/\/[^/]/.test(value)) {
    const message =
      'must look like redis://HOST:6379/0, rediss:// for TLS, or redis+sentinel://HOST1:26379,HOST2:26379/mymaster/0';
    issues.push({ code: 'custom', input: '', message });
  }
});

export const ledgerUrl = address.refine(isPostgresUrl, {
  error: 'must look like postgres://USER:PASSWORD@HOST:5432/DATABASE, special characters as %40',
});

function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\/./i.test(text)) return false;
  try {
    // `USER@/DATABASE?host=/run/postgresql` names a socket; the URL parser rejects it.
    const { username, password, pathname } = new URL(text.replace('@/', '@localhost/'));
    return [username, password, pathname].every((part) => decodeURI(part) !== undefined);
  } catch {
    return false;
  }
}

export const notifyUrl = z
  .string()
  .refine((text) => splitAddress(text)?.userinfo === undefined && isPlainHttp(URL.parse(text)), {
    error:
      'must look like https://example.com/hook, without user name and password; write an @ after the host as %40',
  })
  .transform((text) => new Secret(text));

const isPlainHttp = (url: URL | null): boolean => url !== null && /^https?:$/.test(url.protocol);

export const SHORTEST_TOKEN = 16;

export const token = z
  .string()
  .regex(/^[\x21-\x7e]*$/, 'must consist of letters, digits and punctuation, without spaces')
  .min(SHORTEST_TOKEN, `must have at least ${SHORTEST_TOKEN} characters; try: openssl rand -hex 24`)
  .transform((text) => new Token(text));

/** Fastify's names for networks. */
const NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Never all addresses: a trusted proxy may state where a request comes from. */
export const proxies = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .refine((items) => items.every((item) => NETWORKS.has(item) || isNetwork(item)), {
    error:
      'must list addresses or networks of proxies, such as 10.0.0.7,172.16.0.0/12, or loopback, linklocal, uniquelocal',
  });

function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (length === undefined || more.length > 0) return bits > 0 && more.length === 0;
  return /^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits;
}

/** `unusable`: no address of a proxy. It matters only to requests that need the proxy. */
export const proxy = z
  .string()
  .transform((text): HttpProxy | 'unusable' => parseProxy(text) ?? 'unusable');
