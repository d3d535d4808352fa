/**
 * A worker as a process of its own, whose clock may be wrong: SIGUSR2 sets it back by an hour. It
 * says `ready` when it works, and goes on until it is killed.
 */
const HOUR_MS = 3_600_000;

/** What a trial tells its workers, as JSON in the first argument. */
export interface WorkerTerms {
  redisUrl: string;
  ledger: string;
  webhookUrl: string;
  timeoutMs: number;
  lockMs: number;
  /** By how much the machine's clock is ahead, in milliseconds. */
  clockAheadMs: number;
}

if (import.meta.main) {
  const terms: WorkerTerms = JSON.parse(process.argv[2] ?? '');
  const trueNow = Date.now;
  let aheadMs = terms.clockAheadMs;
  // As everything sees it, BullMQ included.
  Date.now = () => trueNow() + aheadMs;
  process.on('SIGUSR2', () => {
    aheadMs -= HOUR_MS;
  });
  const { hireWorker } = await import('../../support/hire-worker.ts');
  await hireWorker({ ...terms, redis: { kind: 'url', url: terms.redisUrl } });
  process.stdout.write('ready\n');
}
