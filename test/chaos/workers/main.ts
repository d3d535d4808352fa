import { parseArgs } from 'node:util';
import { createDatabaseOn } from '../../support/database.ts';
import { findPostgres } from '../../support/find-postgres.ts';
import { PostgresServer } from '../../support/postgres-server.ts';
import { type LedgerPlace, makeSqlitePlace } from '../../support/sqlite-place.ts';
import { runTrial } from './trial.ts';

const USAGE = `node test/chaos/workers/main.ts [--from N] [--seeds N] [--postgres]
Plays trials of two workers, each from its seed, and ends with 1 when a ledger and a portal disagree.
On Postgres the workers' clocks differ by an hour in every other trial.
`;

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '20' },
    postgres: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
await using stack = new AsyncDisposableStack();
const server = values.postgres ? await startServer() : undefined;
const [from, seeds] = [Number(values.from), Number(values.seeds)];
for (let seed = from; seed < from + seeds; seed++) {
  await using place = await makePlace();
  const clocksApart = values.postgres && seed % 2 === 0;
  const { wrong, mischief, invited, cancelled } = await runTrial(seed, place, { clocksApart });
  const figures = `invited ${invited}, cancelled ${cancelled}: ${mischief.join(', ')}`;
  process.stdout.write(`seed ${seed}: ${wrong.length} wrong, ${figures}\n`);
  for (const line of wrong) process.stdout.write(`  ${line}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}

async function makePlace(): Promise<LedgerPlace> {
  if (server === undefined) return makeSqlitePlace();
  const database = await createDatabaseOn(server.url);
  const dispose = () => database[Symbol.asyncDispose]();
  return { place: database.url, lose: database.lose, [Symbol.asyncDispose]: dispose };
}

async function startServer(): Promise<PostgresServer> {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('Postgres is not installed.');
  const started = await PostgresServer.make(bin);
  stack.defer(() => started.dispose());
  await started.create();
  return started;
}
