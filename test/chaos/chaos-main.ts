import { parseArgs } from 'node:util';
import { createDatabaseOn } from '../support/ledger/test-database.ts';
import { findPostgres } from '../support/postgres/find-postgres.ts';
import { PostgresServer } from '../support/postgres/postgres-server.ts';
import { runChaos } from './chaos.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    /** Time after which no further seed starts, in minutes. */
    minutes: { type: 'string', default: 'Infinity' },
    postgres: { type: 'boolean', default: false },
  },
});

await using server = values.postgres ? await startServer() : undefined;

const totals = { seeds: 0, pairs: 0, faults: 0, starts: 0, wrong: 0 };
const [from, seeds] = [Number(values.from), Number(values.seeds)];
const over = performance.now() + Number(values.minutes) * 60_000;
for (let seed = from; seed < from + seeds && performance.now() < over; seed++) {
  await using database = server && (await createDatabaseOn(server.url));
  const { pairs, faults, starts, wrong } = await runChaos(seed, { database });
  totals.seeds++;
  totals.pairs += pairs;
  totals.faults += faults.length;
  totals.starts += starts;
  totals.wrong += wrong.length;
  const verdict = wrong.length === 0 ? 'ok' : `${wrong.length} WRONG`;
  process.stdout.write(
    `seed ${seed}: ${verdict} · ${pairs} pairs, ${starts} starts, ${faults.join(' ')}\n`,
  );
  for (const sentence of wrong.slice(0, 20)) process.stdout.write(`  ${sentence}\n`);
}
process.stdout.write(`${JSON.stringify(totals)}\n`);
process.exitCode = totals.wrong > 0 ? 1 : 0;

async function startServer() {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('Postgres is not installed.');
  const server = await PostgresServer.make(bin);
  await server.create();
  return { url: server.url, [Symbol.asyncDispose]: () => server.dispose() };
}
