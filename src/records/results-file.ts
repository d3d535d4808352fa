import type { Import } from '../domain/imports/import.ts';
import { OUTCOMES, type Tally } from '../domain/pairs/outcome.ts';
import type { Delimiter } from '../files/csv/delimiter.ts';
import { resultsCsv } from '../files/results/results-csv.ts';
import { type OutcomeRecords, resultsXlsx } from '../files/results/results-xlsx.ts';
import type { Db } from '../ledger/db/schema.ts';
import type { ImportRecord } from '../ledger/results/import-record.ts';
import { readRecords } from '../ledger/results/read-records.ts';
import { withNames } from '../ledger/results/with-names.ts';
import { matchingRecords } from '../ledger/search/matching-records.ts';
import { isSelective, type WantedRecords } from '../ledger/search/wanted-records.ts';
import { readTallies, tallyReason } from '../ledger/tallies/tallies.ts';
import { openOriginals } from './open-originals.ts';

export type ResultsFormat = 'csv' | 'xlsx';

export interface ResultsOptions extends WantedRecords {
  /** Folder with the stored files. */
  dataDir: string;
  /** @default csv */
  format?: ResultsFormat | undefined;
  /** Of the CSV. @default a comma */
  delimiter?: Delimiter | undefined;
}

/** @returns the format that a file's name stands for */
export const formatOf = (path: string): ResultsFormat => (/\.xlsx$/i.test(path) ? 'xlsx' : 'csv');

/** The results of an import in pieces, with the file's own cells and with the names that were read. */
export function resultsFile(
  db: Db,
  found: Import,
  options: ResultsOptions,
): AsyncGenerator<string | Uint8Array, void> {
  return options.format === 'xlsx' ? asXlsx(db, found, options) : asCsv(db, found, options);
}

async function* asCsv(
  db: Db,
  found: Import,
  { dataDir, delimiter, ...filter }: ResultsOptions,
): AsyncGenerator<string, void> {
  await using originals = await openOriginals(db, dataDir, found);
  yield* resultsCsv(recordsOf(db, found, filter), { originals, delimiter });
}

/**
 * Reads the ledger and the stored file once for each outcome, because a sheet is written as a whole.
 * While the import is running, each sheet shows the state at the time when it is written.
 */
async function* asXlsx(
  db: Db,
  found: Import,
  { dataDir, ...filter }: ResultsOptions,
): AsyncGenerator<Uint8Array, void> {
  const tallies = await talliesOf(db, found.id, filter);
  async function* sheets(): AsyncGenerator<OutcomeRecords> {
    for (const outcome of OUTCOMES) {
      if (!tallies.some((tally) => tally.outcome === outcome)) continue;
      await using originals = await openOriginals(db, dataDir, found);
      yield { outcome, records: recordsOf(db, found, { ...filter, outcome }), originals };
    }
  }
  yield* resultsXlsx(found, tallies, sheets());
}

const recordsOf = (db: Db, { id }: Import, wanted: WantedRecords) =>
  withNames(db, id, readWanted(db, id, wanted));

/** Reads by outcome and reason without the search, which also counts. */
function readWanted(db: Db, id: number, wanted: WantedRecords): AsyncGenerator<ImportRecord> {
  if (isSelective(wanted)) return matchingRecords(db, id, wanted);
  const { outcome, reason } = wanted;
  return readRecords(db, id, {
    ...(outcome !== undefined && { outcome }),
    ...(reason !== undefined && { reason }),
  });
}

async function talliesOf(db: Db, id: number, wanted: WantedRecords): Promise<Tally[]> {
  if (!isSelective(wanted)) return (await readTallies(db, id)).filter(matching(wanted));
  const counts = new Map<string, Tally>();
  for await (const { outcome, reason } of matchingRecords(db, id, wanted)) {
    const key = tallyReason(outcome, reason);
    const tally = counts.get(`${outcome} ${key}`) ?? { outcome, reason: key || null, count: 0 };
    counts.set(`${outcome} ${key}`, { ...tally, count: tally.count + 1 });
  }
  return [...counts.values()];
}

const matching =
  ({ outcome, reason }: WantedRecords) =>
  (tally: Tally): boolean =>
    tally.count > 0 &&
    (outcome === undefined || tally.outcome === outcome) &&
    (reason === undefined || tally.reason === reason);
