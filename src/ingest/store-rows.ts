import type { Directory } from '../domain/pairs/directory.ts';
import { PAIR_LIMITS, type PairLimits } from '../domain/pairs/pair-limits.ts';
import {
  type Content,
  type ReadOptions,
  type Row,
  readStretches,
  type Stretch,
} from '../files/rows/rows.ts';
import type { Db } from '../ledger/db/schema.ts';
import type { StoredRows } from '../ledger/imports/import-state.ts';
import type { IngestLease } from '../ledger/imports/ingest-lease.ts';
import { charactersOf, combinations, hasName, type Names, resolveNames } from './entries.ts';
import { EntryStore } from './entry-store.ts';
import { ByteCounter, limitPairs } from './limit-pairs.ts';

/** Most rows with names that are looked up together, and most characters that these may hold. */
const ROWS_PER_BATCH = 10_000;
const CHARACTERS_PER_BATCH = 4_000_000;
const ROWS_PER_REPORT = 10_000;

/** Progress of reading a file. */
export interface IngestProgress {
  rows: number;
  /** Number of pairs put in order so far, once all rows are read. */
  ordered?: number;
}

export interface StoreOptions {
  /** Looks up the groups and users that the names in the file mean. */
  directory: Directory;
  /** @default PAIR_LIMITS */
  pairLimits?: PairLimits;
  /** Called from time to time. */
  onProgress?: (progress: IngestProgress) => void;
}

/**
 * Stores each row of a file in the ledger: as one pair or several, as duplicates or rejects.
 *
 * @throws Problem when the file cannot be read, has more pairs than allowed, or the portal does not let us
 * look up its names
 * @throws IngestLeaseLost when another process reads the import by now
 */
export async function storeRows(
  db: Db,
  lease: IngestLease,
  source: ReadOptions,
  content: Content,
  { directory, pairLimits = PAIR_LIMITS, onProgress }: StoreOptions,
): Promise<StoredRows> {
  using store = new EntryStore(db, lease);
  let rows = 0;
  let rejectedRows = 0;
  let emptyTexts = 0;
  let reported = 0;
  const counter = new ByteCounter();
  const stretches = readStretches(counter.count(content), source);
  const limited = limitPairs(stretches, source.fileName, pairLimits, counter);
  for await (const batch of batches(limited)) {
    const names = await resolveNames(batch.flatMap(rowsOf), directory);
    await store.keepNames(names);
    for (const stretch of batch) {
      if (stretch.kind === 'plain') await store.addPlain(stretch);
      else {
        rejectedRows += await storeRowsOf(stretch.rows, names, store);
        emptyTexts += stretch.rows.filter(hasPlaceholder).length;
      }
      rows += stretch.count;
    }
    if (rows < reported + ROWS_PER_REPORT) continue;
    onProgress?.({ rows });
    reported = rows;
  }
  if (rows > reported) onProgress?.({ rows });
  await store.finish((ordered) => onProgress?.({ rows, ordered }));
  return { rows, rejectedRows, emptyTexts, pairs: store.count };
}

const hasPlaceholder = (row: Row): boolean => row.kind !== 'reject' && row.hasPlaceholder === true;

/** @returns the number of rows without any pair */
async function storeRowsOf(rows: readonly Row[], names: Names, store: EntryStore): Promise<number> {
  let rejected = 0;
  for (const row of rows) {
    let hasPair = false;
    for (const entry of row.kind === 'list' ? combinations(row, names) : [row]) {
      hasPair ||= entry.kind === 'pair';
      if (store.add(entry)) await store.flush();
    }
    if (!hasPair) rejected++;
  }
  return rejected;
}

const rowsOf = (stretch: Stretch): readonly Row[] => (stretch.kind === 'rows' ? stretch.rows : []);

/** Collects rows to look up together. Stretches without names pass at once, to save memory. */
async function* batches(stretches: AsyncIterable<Stretch>): AsyncGenerator<Stretch[]> {
  let batch: Stretch[] = [];
  let [rows, characters] = [0, 0];
  for await (const stretch of stretches) {
    batch.push(stretch);
    rows += stretch.count;
    characters += rowsOf(stretch).reduce((sum, row) => sum + charactersOf(row), 0);
    const waits = batch.length > 1 || rowsOf(stretch).some(hasName);
    if (waits && rows < ROWS_PER_BATCH && characters < CHARACTERS_PER_BATCH) continue;
    yield batch;
    batch = [];
    [rows, characters] = [0, 0];
  }
  if (batch.length > 0) yield batch;
}
