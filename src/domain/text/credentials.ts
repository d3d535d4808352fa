/** The parts of an address, even of one that `URL` cannot parse. */
export interface AddressParts {
  /** For example `redis://`. */
  scheme: string;
  /** The text before the last `@`: user name and password as written. */
  userinfo: string | undefined;
  /** Host, port, path and query. */
  place: string;
}

/** A user name and a password, decoded. */
export interface Credentials {
  username: string | undefined;
  password: string | undefined;
}

/** A password can contain anything by mistake: only the text after the last `@` certainly has none of it. */
const PARTS = /^([a-z][a-z\d+.-]*:\/\/)(?:(.*)@)?([^@]*)$/is;
/** Characters that a URL parser takes for the end of user name and password, or drops. */
const AMBIGUOUS = /[/?#@[\]\\\s\p{Cc}]/u;
/** Shorter secrets can occur within ordinary words. */
const SHORTEST_ANYWHERE = 8;
const WORD = /[\p{L}\p{N}_]/u;

/** Error text about the user name and password of an address, without any of their characters. */
export const NOT_ENCODED =
  'must have special characters in its user name and password percent-encoded: / as %2F, # as %23, ? as %3F, @ as %40, % as %25, a blank as %20';

/** @returns the parts of an address; undefined when the text is no address */
export function splitAddress(text: string): AddressParts | undefined {
  const [, scheme, userinfo, place] = PARTS.exec(text) ?? [];
  if (scheme === undefined || place === undefined) return undefined;
  return { scheme, userinfo, place };
}

/** @returns whether user name and password are unambiguous */
export function areEncoded(text: string): boolean {
  const { userinfo = '' } = splitAddress(text) ?? {};
  return !AMBIGUOUS.test(userinfo) && decode(userinfo) !== undefined;
}

/** @returns user name and password of an address; broken escapes stay as they are */
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
 * @returns the address in a form that is safe to show: without password and query; `***` for a text that is
 * no address
 */
export function showAddressOf(text: string): string {
  const { scheme, userinfo = '', place } = splitAddress(text) ?? { scheme: '', place: '***' };
  const [name = '', ...password] = userinfo.split(':');
  // A name without a password may be a password without its colon; an ambiguous name may contain part of one.
  const isName = password.join('') !== '' && !AMBIGUOUS.test(name);
  const shown = isName ? `${name}:***@` : userinfo && '***@';
  return `${scheme}${shown}${place.replace(/[?#].*/s, '')}`;
}

/**
 * @returns each password in the address, in each spelling that can appear in a text; none when the text is no
 * address
 */
export function passwordsIn(text: string): string[] {
  const { userinfo = '', place = '' } = splitAddress(text) ?? {};
  const inQuery = /[?&]\w*password=([^&#]*)/g;
  const password = userinfo.split(':').slice(1).join(':');
  const written = [password, ...[...place.matchAll(inQuery)].map(([, value = '']) => value)];
  return written.flatMap((word) => [decode(word) ?? '', word]).filter((word) => word !== '');
}

/**
 * Masks secrets in a text. A short secret, which can occur within ordinary words, is masked only as a whole
 * word: "10 seconds" stays as it is when the password is `sec`.
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(maskSecret, text);
}

function maskSecret(text: string, secret: string): string {
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
