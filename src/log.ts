import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * JSON lines to stderr; stdout belongs to results.
 *
 * @param quiet for commands that tell a person what happens themselves: errors only, unless
 * `LOG_LEVEL` asks for more
 */
export function createLog(config: Config, { quiet = false } = {}): Logger {
  const level = quiet && !config.logLevelGiven ? 'error' : config.logLevel;
  // Fastify's multipart traces what it gets, the headers with a token or a session among it.
  const redact = { paths: ['headers', '*.headers'], remove: true };
  return pino({ level, base: null, redact }, pino.destination({ fd: 2, sync: true }));
}
