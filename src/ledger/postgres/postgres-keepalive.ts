import { Client, DatabaseError } from 'pg';

export interface SilenceOptions {
  /** How often a statement that has no answer yet is looked after, in milliseconds. @default 8_000 */
  pollMs?: number | undefined;
  /** How long the server may take to tell what a connection does, in milliseconds. @default 5_000 */
  tellMs?: number | undefined;
}

/** An answer may be on its way while we look: only a second look in a row is sure. */
const PROBES = 2;

/**
 * Waits for an answer as long as the server works on it, be it for hours, and no longer. A network
 * that swallows everything tells nobody, and the system itself notices after a quarter of an hour:
 * so the server is asked, over another connection.
 *
 * @param pid of the server's process behind the connection that the answer comes over
 * @throws when the server cannot be asked, or knows of nothing that it had to do
 */
export async function received<T>(
  answer: Promise<T>,
  url: string,
  pid: number | undefined,
  { pollMs = 8_000, tellMs = 5_000 }: SilenceOptions,
): Promise<T> {
  const { promise: silence, reject } = Promise.withResolvers<never>();
  const since = performance.now();
  let doubts = 0;
  let isOver = false;
  const look = async (): Promise<void> => {
    doubts = (await isAtWork(url, pid, tellMs)) ? 0 : doubts + 1;
    if (isOver) return;
    if (doubts < PROBES) timer = setTimeout(look, pollMs);
    else reject(new Error(`timeout: silent for ${seconds(performance.now() - since)}`));
  };
  let timer = setTimeout(look, pollMs);
  try {
    return await Promise.race([answer, silence]);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1_000)} s`;

/** @returns true as well when the server is there and does not tell */
async function isAtWork(url: string, pid: number | undefined, tellMs: number): Promise<boolean> {
  const client = new Client({
    ...{ connectionString: url, fallback_application_name: 'bulk-invite' },
    ...{ connectionTimeoutMillis: tellMs, query_timeout: tellMs },
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ state: string | null }>(
      'select state from pg_stat_activity where pid = $1',
      [pid ?? 0],
    );
    return !/^idle/.test(rows[0]?.state ?? '');
  } catch (error) {
    return error instanceof DatabaseError;
  } finally {
    client.end().catch(() => {});
  }
}
