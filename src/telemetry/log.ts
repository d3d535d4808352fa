import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.ts';
import { maskSecrets, passwordsIn } from '../domain/text/credentials.ts';
import { escapeUnseen } from '../domain/text/visible-text.ts';

export interface LogOptions {
  /** @default false */
  quiet?: boolean;
  /** @default the process's stderr */
  to?: DestinationStream;
}

/**
 * Writes JSON lines to stderr; stdout is for results. The webhook's code and the password of Redis are masked
 * everywhere, and errors are logged with message and stack only.
 *
 * @param quiet for commands that report to the user themselves: errors only, unless `LOG_LEVEL` sets more
 */
export function createLog(
  config: Config,
  { quiet = false, to = stderrOfService() }: LogOptions = {},
): Logger {
  const level = quiet && !config.logLevelGiven ? 'error' : config.logLevel;
  const streamWrite = secretMask(config);
  const options = {
    ...{ level, base: null, serializers: { err: plainError }, hooks: { streamWrite } },
    // Fastify's multipart logs its input at trace level, including headers with a token or a session.
    redact: { paths: ['headers', '*.headers'], remove: true },
  };
  return pino(options, to);
}

/** Most bytes that wait for space on the disk of the log; further lines are dropped. */
const MOST_WAITING_BYTES = 1024 ** 2;

/** On a full disk or a closed terminal, log lines are lost, but the process continues. */
function stderrOfService(): DestinationStream {
  const stream = pino.destination({ fd: 2, sync: true, maxLength: MOST_WAITING_BYTES });
  stream.on('error', () => {});
  return stream;
}

/** @returns a function that masks the secrets in a JSON line */
function secretMask({ webhook, redisUrl, ledgerUrl, notifyUrl }: Config): (line: string) => string {
  const spellings = [redisUrl, ledgerUrl].flatMap((url) => passwordsIn(url ?? ''));
  const secrets = [...spellings, notifyUrl?.reveal() ?? ''].filter((text) => text !== '');
  const written = secrets.map((text) => JSON.stringify(text).slice(1, -1));
  const mask = (text: string) => maskSecrets(webhook?.redact(text) ?? text, secrets);
  // Most lines hold no secret, and a search is cheaper than parsing.
  const mayHold = (line: string) =>
    written.some((secret) => line.includes(secret)) ||
    (webhook !== undefined && webhook.redact(line) !== line);
  return (line) => escapeUnseen(mayHold(line) ? maskLine(line, mask) : line);
}

/** Masks strings only: a password such as `30` must not damage the rest of the line. */
function maskLine(line: string, mask: (text: string) => string): string {
  const masked: unknown = JSON.parse(line, (_, value) =>
    typeof value === 'string' ? mask(value) : value,
  );
  return `${JSON.stringify(masked)}\n`;
}

interface PlainError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: PlainError;
}

/** Keeps the listed fields only: Redis errors also carry the command's arguments, even those of AUTH. */
function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    ...{ type: name, message },
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && { cause: plainError(cause) }),
  };
}
