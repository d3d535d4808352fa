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
 * JSON lines to stderr; stdout belongs to results. The webhook's code and the password of Redis are
 * struck out wherever they stand, and of errors only words and stack are told.
 *
 * @param quiet for commands that tell a person what happens themselves: errors only, unless
 * `LOG_LEVEL` asks for more
 */
export function createLog(
  config: Config,
  { quiet = false, to = stderrOfService() }: LogOptions = {},
): Logger {
  const level = quiet && !config.logLevelGiven ? 'error' : config.logLevel;
  const strike = striker(config);
  const options = {
    ...{ level, base: null, serializers: { err: plainError }, hooks: { streamWrite: strike } },
    // Fastify's multipart traces what it gets, the headers with a token or a session among it.
    redact: { paths: ['headers', '*.headers'], remove: true },
  };
  return pino(options, to);
}

/** The most bytes that wait for room on the disk with the log; what is beyond them is not logged. */
const MOST_WAITING_BYTES = 1024 ** 2;

/** A full disk, or a terminal that is gone, costs lines of the log and not the process. */
function stderrOfService(): DestinationStream {
  const stream = pino.destination({ fd: 2, sync: true, maxLength: MOST_WAITING_BYTES });
  stream.on('error', () => {});
  return stream;
}

/** @returns what strikes out of a JSON line whatever must never be read there */
function striker({ webhook, redisUrl, ledgerUrl, notifyUrl }: Config): (line: string) => string {
  const spellings = [redisUrl, ledgerUrl].flatMap((url) => passwordsIn(url ?? ''));
  const secrets = [...spellings, notifyUrl?.reveal() ?? ''].filter((text) => text !== '');
  const written = secrets.map((text) => JSON.stringify(text).slice(1, -1));
  const mask = (text: string) => maskSecrets(webhook?.redact(text) ?? text, secrets);
  // Most lines hold none, and looking is cheaper than reading them.
  const mayHold = (line: string) =>
    written.some((secret) => line.includes(secret)) ||
    (webhook !== undefined && webhook.redact(line) !== line);
  return (line) => escapeUnseen(mayHold(line) ? maskLine(line, mask) : line);
}

/** Only texts hold secrets; a password such as `30` must not damage what stands around them. */
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

/** Errors carry more than they say: those of Redis the arguments of the command, AUTH's as well. */
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
