import type { Config } from '../config/config.ts';
import { maskSecrets, passwordsIn } from '../domain/text/credentials.ts';
import { cutText, visibleLine } from '../domain/text/visible-text.ts';

/** Longest text in a report, in characters; more of a foreign text adds nothing. */
const LONGEST = 1_001;

/**
 * Makes a function that cleans a text for a report, which people paste where others read it: secrets
 * become `***`, the home folder of the person who runs the program `~`, and the text a single line.
 *
 * @param home the home folder of that person, empty where there is none
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
    // First: invisible characters within a secret would keep it from being recognized.
    const line = visibleLine(text.trim().replaceAll(/[\r\n]+/g, '; '));
    const struck = maskSecrets(config?.webhook?.redact(line) ?? line, secrets);
    const placed = home.length > 1 ? struck.replaceAll(home, '~') : struck;
    return cutText(placed, LONGEST);
  };
}
