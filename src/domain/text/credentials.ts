/** The parts of an address, also of one that `URL` cannot read. */
export interface AddressParts {
  /** As `redis://`. */
  scheme: string;
  /** What stands before the last `@`: user name and password as they are written. */
  userinfo: string | undefined;
  /** Host, port, path and query. */
  place: string;
}

/** What a user name and a password look like once they are decoded. */
export interface Credentials {
  username: string | undefined;
  password: string | undefined;
}

/** A password may hold anything by mistake: only behind the last `@` there is surely none. */
const PARTS = /^([a-z][a-z\d+.-]*:\/\/)(?:(.*)@)?([^@]*)$/is;
/** What an address reads as the end of its user name and password, or drops. */
const AMBIGUOUS = /[/?#@[\]\\\s\p{Cc}]/u;
/** Shorter secrets may stand in ordinary words. */
const SHORTEST_ANYWHERE = 8;
const WORD = /[\p{L}\p{N}_]/u;

/** What is wrong with the user name and password of an address, without any of their characters. */
export const NOT_ENCODED =
  'must have special characters in its user name and password percent-encoded: / as %2F, # as %23, ? as %3F, @ as %40, % as %25, a space as %20';

/** @returns the parts of an address; undefined when it is none */
export function splitAddress(text: string): AddressParts | undefined {
  const [, scheme, userinfo, place] = PARTS.exec(text) ?? [];
  if (scheme === undefined || place === undefined) return undefined;
  return { scheme, userinfo, place };
}

/** @returns whether user name and password can be read in one way only */
export function areEncoded(text: string): boolean {
  const { userinfo = '' } = splitAddress(text) ?? {};
  return !AMBIGUOUS.test(userinfo) && decode(userinfo) !== undefined;
}

/** @returns what stands before the `@` of an address; broken escapes stay as they are */
export function readCredentials(userinfo: string): Credentials {
  const colon = userinfo.indexOf(':');
  const [user, password] =
    colon < 0 ? [userinfo, ''] : [userinfo.slice(0, colon), userinfo.slice(colon + 1)];
  return {
    username: (decode(user) ?? user) || undefined,
    password: (decode(password) ?? password) || undefined,
  };
}

/** @returns the text without percent-encoding; undefined when a `%` in it encodes nothing */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * @returns the address as it may be shown to anybody: no password, no query; nothing of what is no
 * address
 */
export function showAddressOf(text: string): string {
  const { scheme, userinfo = '', place } = splitAddress(text) ?? { scheme: '', place: '***' };
  const [name = '', ...password] = userinfo.split(':');
  // A name alone is a password that somebody forgot the colon of, and one that goes on is part of one.
  const isName = password.join('') !== '' && !AMBIGUOUS.test(name);
  const shown = isName ? `${name}:***@` : userinfo && '***@';
  return `${scheme}${shown}${place.replace(/[?#].*/s, '')}`;
}

/**
 * @returns each password that stands in the address, in each spelling in which it may be read
 * somewhere; of no address, none
 */
export function passwordsIn(text: string): string[] {
  const { userinfo = '', place = '' } = splitAddress(text) ?? {};
  const inQuery = /[?&]\w*password=([^&#]*)/g;
  const password = userinfo.split(':').slice(1).join(':');
  const written = [password, ...[...place.matchAll(inQuery)].map(([, value = '']) => value)];
  return written.flatMap((word) => [decode(word) ?? '', word]).filter((word) => word !== '');
}

/**
 * Strikes secrets out of a text. One that is short enough to stand in ordinary words is struck out where
 * it stands by itself: "10 seconds" stays as it is when the password is `sec`.
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(strike, text);
}

function strike(text: string, secret: string): string {
  if (secret.length >= SHORTEST_ANYWHERE) return text.replaceAll(secret, '***');
  const goesOn = (one: string, next: string) => WORD.test(one) && WORD.test(next);
  return text.replaceAll(secret, (found, at: number) => {
    const end = at + found.length;
    const isPart =
      goesOn(text.charAt(at), text.charAt(at - 1)) ||
      goesOn(text.charAt(end - 1), text.charAt(end));
    return isPart ? found : '***';
  });
}
