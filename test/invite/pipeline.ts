import { pino } from 'pino';
import type { Import } from '../../src/domain/imports/import.ts';
import { countByOutcome, type Outcome } from '../../src/domain/pairs/outcome.ts';
import type { Clock } from '../../src/domain/time/clock.ts';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { inviteChunk } from '../../src/invite/chunk.ts';
import { startImport } from '../../src/invite/import-lifecycle.ts';
import { openReading } from '../../src/invite/lookup/portal-reading.ts';
import type {
  ChunkResult,
  PipelineContext,
  ShutdownSignals,
} from '../../src/invite/pipeline-context.ts';
import { SendPriority } from '../../src/invite/send-priority.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import type { BudgetLimits } from '../../src/portal/budget/budget-limits.ts';
import type { ClientOptions } from '../../src/portal/http/client-options.ts';
import { type Counts, countsOf } from '../ledger/sample-pairs.ts';
import { openBudget, openClient } from '../portal/open-client.ts';
import { takeCsv } from '../support/ledger/take-csv.ts';
import { openTestLedger } from '../support/ledger/test-ledger.ts';
import { startRedis } from '../support/redis/redis.ts';

/** The pipeline with a real ledger, a real Redis and a portal. */
export interface Pipeline extends AsyncDisposable {
  readonly db: Db;
  /** Makes the ledger unusable for a time in milliseconds. */
  loseLedger(forMs: number): Promise<void>;
  /** @returns the dependencies of the steps, for a portal at this address with its own budget */
  workFor(webhookUrl: string, options?: WorkOptions): PipelineContext;
  /** @param before called with the import's id before it starts. @returns the id */
  start(
    context: PipelineContext,
    csv: string,
    before?: (id: number) => Promise<unknown>,
  ): Promise<number>;
  /** Runs a turn of a chunk. */
  turn(
    context: PipelineContext,
    id: number,
    options?: Partial<ShutdownSignals> & TurnOptions,
  ): Promise<ChunkResult>;
  tallies(id: number): Promise<Counts>;
  outcomes(id: number): Promise<Record<Outcome, number>>;
  find(id: number): Promise<Import>;
}

export interface WorkOptions extends Partial<BudgetLimits>, Partial<ClientOptions> {
  maxAttempts?: number;
}

interface TurnOptions {
  chunk?: number;
  owner?: string;
}

const NEVER = new AbortController().signal;

/** @param clock for the pipeline, and for the ledger when it is a file */
export async function openPipeline(clock: Clock = SYSTEM_CLOCK): Promise<Pipeline> {
  await using stack = new AsyncDisposableStack();
  const { redis, dispose } = await startRedis();
  stack.defer(dispose);
  const { db, lose } = stack.use(await openTestLedger(clock));
  const log = pino({ level: 'silent' });
  let imports = 0;
  const opened = stack.move();
  return {
    db,
    loseLedger: lose,
    workFor(url, { maxAttempts = 5, ...options } = {}) {
      const client = openClient(url, openBudget(redis, options), options);
      opened.defer(() => client.budget.close());
      const reading = openReading(client, clock);
      return {
        db,
        client,
        reading,
        log,
        clock,
        random: Math.random,
        maxAttempts,
        priority: new SendPriority(),
      };
    },
    async start(context, csv, before) {
      imports += 1;
      const { portal } = context.client.webhook;
      const source = { fileName: 'a.csv', fileDigest: `${imports}`, portal, message: null };
      const id = await takeCsv(db, source, async function* () {
        yield Buffer.from(csv);
      });
      await before?.(id);
      await startImport(db, id);
      return id;
    },
    turn(
      context,
      id,
      { chunk = 0, owner = crypto.randomUUID(), stop = NEVER, abort = NEVER } = {},
    ) {
      return inviteChunk(context, id, chunk, owner, { stop, abort });
    },
    tallies: async (id) => countsOf(await readTallies(db, id)),
    outcomes: async (id) => countByOutcome(await readTallies(db, id)),
    async find(id) {
      const found = await findImport(db, id);
      if (found === undefined) throw new Error(`there is no import ${id}`);
      return found;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
