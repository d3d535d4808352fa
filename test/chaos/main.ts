import { parseArgs } from 'node:util';
import { createDatabaseOn } from '../support/database.ts';
import { findPostgres } from '../support/find-postgres.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { runChaos } from './chaos.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    postgres: { type: 'boolean', default: false },
  },
});

await using server = values.postgres ? await startServer() : undefined;

const totals = { seeds: 0, pairs: 0, mischief: 0, starts: 0, wrong: 0 };
const [from, seeds] = [Number(values.from), Number(values.seeds)];
for (let seed = from; seed < from + seeds; seed++) {
  await using database = server && (await createDatabaseOn(server.url));
  const { pairs, mischief, starts, wrong } = await runChaos(seed, { database });
  totals.seeds++;
  totals.pairs += pairs;
  totals.mischief += mischief.length;
  totals.starts += starts;
  totals.wrong += wrong.length;
  const verdict = wrong.length === 0 ? 'ok' : `${wrong.length} WRONG`;
  process.stdout.write(
    `seed ${seed}: ${verdict} · ${pairs} pairs, ${starts} starts, ${mischief.join(' ')}\n`,
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
