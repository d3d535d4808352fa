/** What OpenSSL says in an error, between the places in its source. */
const REASON = /error:[\dA-F]+:SSL routines:[^:]*:([^:]+):/i;

/** Codes of what servers without TLS send in its place. */
const WITHOUT_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
]);

/**
 * Reads an error of OpenSSL. Node.js reports the same one with the code `EPROTO` or with OpenSSL's reason, depending
 * on whether it was writing or reading.
 *
 * @returns OpenSSL's reason, and the code that Node.js makes of it; undefined when it is another error
 */
export function readTlsError(message: string): { code: string; reason: string } | undefined {
  const reason = REASON.exec(message)?.[1];
  if (reason === undefined) return undefined;
  return { code: `ERR_SSL_${reason.toUpperCase().replace(/\W+/g, '_')}`, reason };
}

/** @returns whether the server has no TLS where it was expected */
export const isWithoutTls = (code: string): boolean => WITHOUT_TLS.has(code.toUpperCase());
