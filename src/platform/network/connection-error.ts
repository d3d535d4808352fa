import { isWithoutTls, readTlsError } from './tls-error.ts';
import { TunnelTimeout } from './tunnel-agent.ts';

/** Why a request got no answer, in a form that is safe to show: without the password of a proxy. */
export interface ConnectionError {
  /** The code of Node.js, or one that begins with `PROXY_` */
  readonly code: string;
  readonly description: string;
}

/** The proxy itself cannot be reached. */
export const PROXY_UNREACHABLE = 'PROXY_UNREACHABLE';

/** Codes of failed lookups and connections. With a proxy they are about the connection to it. */
const UNREACHABLE = new Set([
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
]);

/** Codes of connections that the other end closed. */
const CLOSED = new Set(['ECONNRESET', 'EPIPE']);

/**
 * @param proxy host and port of the request's proxy; undefined: none
 * @param hasLeft whether some of the request may have reached the server
 */
export function readConnectionError(
  error: unknown,
  proxy: string | undefined,
  hasLeft: boolean,
): ConnectionError {
  const code = codeOf(error);
  const isClosed = proxy !== undefined && !hasLeft && CLOSED.has(code);
  if (code === 'ERR_PROXY_TUNNEL' || isClosed) return refusedBy(proxy, error);
  if (error instanceof TunnelTimeout) {
    return { code: 'PROXY_TIMEOUT', description: `the proxy ${proxy} ${error.message}` };
  }
  const tls = error instanceof Error ? readTlsError(error.message) : undefined;
  if (tls !== undefined) {
    const isPlain = !hasLeft && isWithoutTls(tls.code);
    const reason = isPlain ? 'the server does not use TLS on this port' : `TLS: ${tls.reason}`;
    return { code: tls.code, description: reason };
  }
  const description = error instanceof Error && error.message !== '' ? withoutAdvice(error) : code;
  if (hasLeft || proxy === undefined || !UNREACHABLE.has(code)) return { code, description };
  return {
    code: PROXY_UNREACHABLE,
    description: `the proxy ${proxy} cannot be reached: ${description}`,
  };
}

/** Leaves out Node.js's message, which contains the proxy's address with its password. */
function refusedBy(proxy: string | undefined, error: unknown): ConnectionError {
  const hasStatus = error instanceof Error && 'statusCode' in error;
  const status = hasStatus ? Number(error.statusCode) : Number.NaN;
  const named = proxy === undefined ? 'the proxy' : `the proxy ${proxy}`;
  if (!Number.isInteger(status)) {
    return { code: 'PROXY_ENDED', description: `${named} ended the connection` };
  }
  return { code: `PROXY_${status}`, description: `${named} refuses (${status})` };
}

/** Drops Node.js's advice on its own options, which does not help users who start it by `npm run`. */
const withoutAdvice = ({ message }: Error): string =>
  message.replace(/; if the root CA is installed locally, .*$/s, '');

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}
