import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { SchemaParts } from '../schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

const PEOPLE_PER_PAGE = 1_000;
const PAIRS_PER_BLOCK = 4_096;

interface Person {
  user_id: number;
  import_id: number;
  seqs: string;
}

interface Pairs {
  users: number[];
  seqs: number[];
}

/**
 * The places of people's pairs in blocks instead of a row for each person, which was a third of the
 * time that reading a file took. A block holds pairs sorted by person: all persons as 32-bit
 * numbers, then all places as 64-bit ones, little-endian.
 */
export async function up(db: Kysely<unknown>, parts: SchemaParts): Promise<void> {
  await db.schema
    .createTable('user_blocks')
    .addColumn('id', parts.serialType, parts.serialKey)
    .addColumn('import_id', 'integer', required)
    .addColumn('first_user', 'integer', required)
    .addColumn('last_user', 'integer', required)
    .addColumn('pairs', parts.bytesType, required)
    .execute();
  await moveAll(db);
  await db.schema
    .createIndex('user_blocks_by_user')
    .on('user_blocks')
    .columns(['import_id', 'first_user', 'last_user'])
    .execute();
  await db.schema.dropTable('user_pairs').execute();
}

/** The people lie in their order; so each import's blocks fill side by side. */
async function moveAll(db: Kysely<unknown>): Promise<void> {
  const open = new Map<number, Pairs>();
  let [user, parent] = [0, 0];
  for (;;) {
    const { rows } = await sql<Person>`
      select user_id, import_id, seqs from user_pairs
      where (user_id, import_id) > (${user}, ${parent})
      order by user_id, import_id limit ${PEOPLE_PER_PAGE}`.execute(db);
    for (const { user_id, import_id, seqs } of rows) {
      const pairs = open.get(import_id) ?? { users: [], seqs: [] };
      open.set(import_id, pairs);
      for (const seq of seqs.split(',')) {
        pairs.users.push(user_id);
        pairs.seqs.push(Number(seq));
        if (pairs.users.length < PAIRS_PER_BLOCK) continue;
        await insert(db, import_id, pairs);
        [pairs.users, pairs.seqs] = [[], []];
      }
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    [user, parent] = [last.user_id, last.import_id];
  }
  for (const [id, pairs] of open) if (pairs.users.length > 0) await insert(db, id, pairs);
}

async function insert(db: Kysely<unknown>, id: number, { users, seqs }: Pairs): Promise<void> {
  const bytes = Buffer.alloc(users.length * 12);
  for (const [at, user] of users.entries()) bytes.writeUInt32LE(user, at * 4);
  for (const [at, seq] of seqs.entries()) bytes.writeDoubleLE(seq, users.length * 4 + at * 8);
  await sql`
    insert into user_blocks (import_id, first_user, last_user, pairs)
    values (${id}, ${users[0]}, ${users.at(-1)}, ${bytes})`.execute(db);
}
