import type { Config } from '../config.ts';
import { passwordsIn } from '../domain/credentials.ts';
import { cutText } from '../domain/visible-text.ts';

/** More of what somebody else wrote says nothing more. */
const LONGEST = 1_001;
/** Control characters, and what changes the direction or the place of letters. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;

/**
 * Makes what cleans a text for a report that people paste where others read it: secrets become `***`,
 * the folder of the person who runs the program `~`, control characters blanks.
 *
 * @param home the folder of that person, empty where there is none
 * @param proxies addresses of proxies, which may hold passwords
 */
export function redactor(
  config: Config | undefined,
  home: string,
  proxies: readonly string[],
): (text: string) => string {
  const urls = [config?.redisUrl, config?.ledgerUrl, ...proxies];
  const hidden = [config?.notifyUrl, config?.notifySecret].map((secret) => secret?.reveal() ?? '');
  const passwords = urls.flatMap((url) => passwordsIn(url ?? ''));
  // The longest first: one may be a part of another.
  const secrets = [...new Set([...hidden, ...passwords])]
    .filter((text) => text !== '')
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    const known = config?.webhook?.redact(text) ?? text;
    const struck = secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), known);
    const placed = home.length > 1 ? struck.replaceAll(home, '~') : struck;
    const clean = placed
      .trim()
      .replaceAll(/[\r\n]+/g, '; ')
      .replaceAll(UNPRINTABLE, ' ');
    return cutText(clean, LONGEST);
  };
}
