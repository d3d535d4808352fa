import type { Config } from '../config/config.ts';
import { maskSecrets, passwordsIn } from '../domain/text/credentials.ts';
import { cutText, visibleLine } from '../domain/text/visible-text.ts';

/** Longest text in a report, in characters; more of a foreign text adds nothing. */
const LONGEST = 1_001;

/**
 * Cleans texts for a report, which people paste where others read it: secrets become `***`, the home
 * folder `~`, and the text a single line.
 */
export function redactor(config: Config | undefined, home: string): (text: string) => string {
  const proxies = [config?.proxies.https, config?.proxies.http];
  const urls = [
    ...[config?.redisUrl, config?.ledgerUrl],
    ...proxies.map((proxy) => proxy?.address.reveal()),
  ];
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
