import { isSentinelUrl } from '../domain/sentinel-url.ts';

/** What stands between `://` and `@`, and behind `?`, of addresses that `URL` cannot read as well. */
const PARTS = /^([^:]+:\/\/)(?:([^/?#]*)@)?([^?#]*)(?:\?([^#]*))?/;

/** @returns whether a Redis, or Sentinels, may be there */
export const isRedisUrl = (text: string): boolean =>
  isSentinelUrl(text) || /^rediss?:$/.test(URL.parse(text)?.protocol ?? '');

/** @returns the address as it may be shown to anybody: no password, no query */
export function showRedisUrl(text: string): string {
  const [, scheme = '', user = '', place = ''] = PARTS.exec(text) ?? [];
  const [name = '', ...password] = user.split(':');
  // A name alone is a password that somebody forgot the colon of.
  const shown = password.join('') !== '' ? `${name}:***@` : name && '***@';
  return `${scheme}${shown}${place}`;
}

/**
 * @returns each password that stands in the address, in each spelling in which it may be read
 * somewhere; of no address, none
 */
export function passwordsIn(text: string): string[] {
  const [, , user = '', , query = ''] = PARTS.exec(text) ?? [];
  const inQuery = /(?:^|&)\w*password=([^&]*)/g;
  const encoded = [
    user.split(':').slice(1).join(':'),
    ...[...query.matchAll(inQuery)].map(([, value = '']) => value),
  ];
  return encoded.flatMap((word) => [decode(word), word]).filter((word) => word !== '');
}

/** Broken escapes stay as they are. */
const decode = (word: string): string =>
  new URLSearchParams(`p=${word.replaceAll('+', '%2B')}`).get('p') ?? word;
